package io.metastore.server.consensus;

import io.metastore.server.model.MemberId;
import java.util.List;

/// A replica of the cluster.
///
/// @param name empty until the member has started once and told it
/// @param clientUrls empty until then too
/// @param learner stores and serves, but does not vote
public record Member(MemberId id, String name, List<String> peerUrls, List<String> clientUrls, boolean learner) {}
