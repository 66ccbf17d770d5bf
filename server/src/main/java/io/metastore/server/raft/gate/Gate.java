package io.metastore.server.raft.gate;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.leader.LogAppender;

/// What one server's transport shares with the rest of replication: the senders to the other members, what to
/// do when the log's disk fails, and which calls of peers get in.
public final class Gate {
    private static final String PARAMETER = "metastore.gate";

    private final Map<RaftPeerId, LogAppender> appenders = new ConcurrentHashMap<>();
    private final PeerFilter filter;
    private final Consumer<Throwable> storageFailed;

    /// A gate without senders.
    ///
    /// @param filter asked before each call of a peer is carried out
    /// @param storageFailed told when a vote or an append could not be written; it ends the process
    public Gate(PeerFilter filter, Consumer<Throwable> storageFailed) {
        this.filter = filter;
        this.storageFailed = storageFailed;
    }

    /// Makes the factory of a server that is built with these parameters use this gate.
    public void installIn(Parameters parameters) {
        parameters.put(PARAMETER, this, Gate.class);
    }

    static Gate of(Parameters parameters) {
        return parameters.getNonNull(PARAMETER, Gate.class);
    }

    /// The sender to each other member while this one leads; stopped ones stay until a new one takes their place.
    public Collection<LogAppender> appenders() {
        return appenders.values();
    }

    void keep(LogAppender appender) {
        appenders.put(appender.getFollowerId(), appender);
    }

    PeerFilter filter() {
        return filter;
    }

    void storageFailed(Throwable cause) {
        storageFailed.accept(cause);
    }
}
