"""The kiosk: strangers come by SSH and read. Needs the extra `kiosk`."""
