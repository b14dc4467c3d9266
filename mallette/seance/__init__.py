"""The séance: a room answers together, without names. The domain only: no HTTP here.

``questions`` what may be asked · ``answers`` what may be answered · ``store`` where it is kept · ``seances`` its life ·
``results`` what is told of a group · ``report`` what stays.
"""
