package io.metastore.server.raft.gate;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.ratis.conf.Parameters;

/// What one server's transport shares with the rest of replication: what carries the log to the other members, which
/// calls of peers get in, and what to do when the log's disk fails.
public final class Gate {
    private static final String PARAMETER = "metastore.gate";

    private final CompletableFuture<RaftCalls> calls = new CompletableFuture<>();
    private final PeerFilter filter;
    private final PeerTransport transport;
    private final Consumer<Throwable> storageFailed;
    private volatile Predicate<String> outsiders = _ -> false;

    /// @param filter asked before each call of a peer is carried out
    /// @param transport carries the log, and questions for votes, to the other members
    /// @param storageFailed told when a vote or an append could not be written; it ends the process
    public Gate(PeerFilter filter, PeerTransport transport, Consumer<Throwable> storageFailed) {
        this.filter = filter;
        this.transport = transport;
        this.storageFailed = storageFailed;
    }

    /// Makes the factory of a server that is built with these parameters use this gate.
    public void installIn(Parameters parameters) {
        parameters.put(PARAMETER, this, Gate.class);
    }

    static Gate of(Parameters parameters) {
        return parameters.getNonNull(PARAMETER, Gate.class);
    }

    /// The way in to the Raft server, once there is one.
    public RaftCalls calls() {
        return calls.join();
    }

    void open(RaftCalls way) {
        calls.complete(way);
    }

    /// From now on nothing is taken of members for whose id `outsider` holds.
    public void refuse(Predicate<String> outsider) {
        outsiders = outsider;
    }

    boolean isOutsider(String member) {
        return outsiders.test(member);
    }

    PeerTransport transport() {
        return transport;
    }

    PeerFilter filter() {
        return filter;
    }

    void storageFailed(Throwable cause) {
        storageFailed.accept(cause);
    }
}
