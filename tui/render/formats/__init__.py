"""The formats in which briefings, the library and answers are exported, a module each; see `tui.render.exports`."""
