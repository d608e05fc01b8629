"""The rules, by family: a module each, and a decorator registers each rule."""
