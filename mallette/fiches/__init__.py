"""The fiches-actions of the course (``data/fiches-actions.yml``): actions that were led somewhere, told so that others
can think from them."""
