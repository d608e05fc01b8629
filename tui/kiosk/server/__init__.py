"""The parent process: it accepts connections and hands them to its workers."""
