package io.metastore.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Finds the address of a host by its name.
@FunctionalInterface
public interface HostLookup {
    /// May block.
    InetAddress find(String host) throws UnknownHostException;
}
