"""Write the custom properties that pages read."""

from mallette import design

design.CSS.write_text(design.css(), encoding="utf-8")
