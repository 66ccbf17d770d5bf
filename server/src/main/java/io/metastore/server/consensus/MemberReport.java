package io.metastore.server.consensus;

import io.metastore.server.model.MemberId;
import java.util.Optional;

/// A member's word on how it is.
///
/// @param vitals nothing while it starts
/// @param leading only of one that leads and has applied what earlier leaders committed
public record MemberReport(
        MemberId member, long term, long appliedIndex, Optional<Vitals> vitals, Optional<Leading> leading) {}
