package io.metastore.server.raft.gate;

import io.metastore.server.raft.append.AppendTransport;
import io.metastore.server.raft.election.VoteTransport;

/// Carries everything that Ratis says to other members.
public interface PeerTransport extends AppendTransport, VoteTransport {}
