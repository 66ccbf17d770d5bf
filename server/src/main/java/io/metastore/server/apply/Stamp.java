package io.metastore.server.apply;

import io.metastore.server.model.MemberId;

/// Names an entry, so that one that was sent twice is applied once, and one of an earlier leadership not at all.
///
/// @param epoch the term in which the leader that admitted the entry became ready
/// @param incarnation counts the starts of the proposer, on its disk
/// @param sequence grows with each entry of one incarnation, from 1
public record Stamp(long epoch, MemberId proposer, long incarnation, long sequence) {}
