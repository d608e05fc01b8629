"""The kiosk under load, beside OpenSSH with ForceCommand: ``python -m tests.bench kiosk``."""
