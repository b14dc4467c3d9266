"""The séance: a room answers together, without names. The domain only: no HTTP here.

``questions`` what may be asked · ``room`` what phones and pages ask · ``seances`` what the trainer conducts ·
``store`` where it is kept · ``results`` what is told of a group · ``report`` what stays.
"""
