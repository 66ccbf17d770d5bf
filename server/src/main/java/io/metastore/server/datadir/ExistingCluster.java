package io.metastore.server.datadir;

import io.metastore.server.config.Url;
import io.metastore.server.model.Member;
import java.util.List;

/// Asks a running cluster who belongs to it.
@FunctionalInterface
public interface ExistingCluster {
    /// What those at these places say who answer, in no order; blocks for a moment. To be asked again
    /// when that is not enough: one may know less than another.
    List<Answer> ask(List<Url> places);

    /// What one member knows.
    record Answer(long clusterId, List<Member> members) {}
}
