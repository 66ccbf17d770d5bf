package io.metastore.server.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a snapshot becomes the first state of a new cluster's member.
///
/// @param logDir where the Raft log will be, when that is another directory
/// @param founders the members of the new cluster
/// @param advertised where the others will reach this one
/// @param isHashChecked whether the file must end with its own digest
/// @param bumpRevision by how much the revision is raised; 0 for not at all
public record RestoreConfig(
        String name,
        Path dataDir,
        Optional<Path> logDir,
        Bootstrap founders,
        List<Url> advertised,
        boolean isHashChecked,
        long bumpRevision) {
    /// Where the URLs are written in different ways, their hosts are looked up.
    ///
    /// @throws ConfigException in etcd's words, when the member is not one of the founders as configured
    public RestoreConfig {
        founders.check(name, advertised, InetAddress::getByName);
        advertised = List.copyOf(advertised);
    }
}
