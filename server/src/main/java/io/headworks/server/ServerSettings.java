package io.headworks.server;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where the server listens.
 *
 * @param host an address or name of this machine
 * @param port 0 for any that is free
 * @param behindProxy what comes in was TLS until a proxy in front of us
 */
public record ServerSettings(String host, int port, boolean behindProxy) {
    private static final int LAST_PORT = 65_535;

    /** @throws HeadworksException when others could read what goes over the wire */
    public ServerSettings {
        if (port < 0 || port > LAST_PORT) {
            throw new HeadworksException(
                    FailureKind.PROJECT, "Cannot listen on port " + port + " (allowed: 0 to " + LAST_PORT + ")");
        }
        if (!behindProxy && !isLoopback(host)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot listen on " + host + ": tokens would cross the network unencrypted"
                            + " (allowed: 127.0.0.1, ::1, localhost)",
                    "put a proxy that speaks TLS in front of it and say --behind-proxy");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot listen on " + host + ": this machine knows no such address",
                    "--host takes an address of this machine",
                    unknown);
        }
    }
}
