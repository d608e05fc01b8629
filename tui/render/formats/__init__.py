"""The formats of exports, a module each; see `tui.render.exports`."""
