package io.metastore.server.raft;

import io.metastore.server.apply.Applier;
import io.metastore.server.apply.Entry;
import io.metastore.server.apply.EntryResult;
import io.metastore.server.apply.Position;
import io.metastore.server.apply.Stamp;
import io.metastore.server.model.Member;
import io.metastore.server.raft.codec.EntryCodec;
import io.metastore.server.raft.member.LoneConfiguration;
import io.metastore.server.raft.member.RaftPeers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/// Where Ratis hands over committed entries: the one apply path of leader, follower, restart and catching up.
/// Everything is applied on Ratis's updating thread, entry by entry.
final class ReplicaStateMachine extends BaseStateMachine {
    private static final CompletableFuture<Message> DONE = CompletableFuture.completedFuture(Message.EMPTY);

    private final Applier applier;
    private final Checkpoints checkpoints;
    private final Observer observer;
    private final Fatal fatal;
    private final int maxEntryBytes;
    /// Held while an entry is applied or the whole state is replaced.
    private final Object installing = new Object();

    /// Configurations that were told and whose entries are not applied yet, by the index of the entry.
    private final ConcurrentSkipListMap<Long, Told> configurations = new ConcurrentSkipListMap<>();

    /// @param alone whether all who are not in it are removed by it
    private record Told(List<Member> members, boolean alone) {}

    /// Is told what happens, in order, on the apply thread unless said otherwise. It must not block.
    interface Observer {
        void applied(Stamp stamp, EntryResult result);

        /// An entry is committed, and is applied next; on the apply thread.
        void applying(Stamp stamp);

        /// Everything up to `position` can be read.
        void advanced(Position position);

        /// Who leads may have changed; on any thread.
        void leadershipChanged();

        /// This member leads no more; on any thread, before anything else is done about it.
        void leadsNoMore();

        /// The log that this member needs is gone: its state must come from a peer. Completes with the position of
        /// the state that is installed then; fails when there is none to be had now. On any thread.
        ///
        /// @param firstIndex where the leader's log begins
        CompletableFuture<Position> needsState(long firstIndex);

        /// Entries from `index` on are about to be cut off the log, since a newer leader has others; on the log's
        /// thread.
        void truncated(long index);

        /// Entries are about to be made durable; on the log's thread, which waits.
        void flushing();

        /// Ratis gave up its log, or itself.
        void broken(String why, @Nullable Throwable cause);
    }

    ReplicaStateMachine(Applier applier, Checkpoints checkpoints, Observer observer, Fatal fatal, int maxEntryBytes) {
        this.applier = applier;
        this.checkpoints = checkpoints;
        this.observer = observer;
        this.fatal = fatal;
        this.maxEntryBytes = maxEntryBytes;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        super.initialize(server, group, storage);
        getLifeCycle().startAndTransition(this::loadApplied);
    }

    private void loadApplied() {
        var applied = applier.applied();
        if (!applied.equals(Position.NONE)) {
            setLastAppliedTermIndex(TermIndex.valueOf(applied.term(), applied.index()));
        }
    }

    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        var context = TransactionContext.newBuilder()
                .setStateMachine(this)
                .setClientRequest(request)
                .setStateMachineContext(request.getMessage() instanceof EntryMessage message ? message : null)
                .build();
        // Refused here it costs nothing. Refused later, by Ratis, it would unseat the leader.
        if (request.getMessage().size() > maxEntryBytes || context.getStateMachineContext() == null) {
            context.setException(new IOException("an entry of "
                    + request.getMessage().size() + " bytes is refused, at most " + maxEntryBytes + " are allowed"));
        }
        return context;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext context) {
        var log = context.getLogEntry();
        var position = new Position(log.getTerm(), log.getIndex());
        applying(position, () -> {
            var entries = entries(context, log);
            for (var entry : entries) {
                observer.applying(entry.stamp());
            }
            var results = applier.apply(position, entries);
            for (int i = 0; i < entries.size(); i++) {
                observer.applied(entries.get(i).stamp(), results.get(i));
            }
        });
        return DONE;
    }

    /// Does `work`, which applies the entry at `position`, unless the store has it already.
    private void applying(Position position, Runnable work) {
        try {
            synchronized (installing) {
                if (position.index() > applier.applied().index()) {
                    work.run();
                }
            }
            updateLastAppliedTermIndex(position.term(), position.index());
            observer.advanced(position);
        } catch (RuntimeException | Error e) {
            fatal.halt("the entry at index " + position.index() + " cannot be applied", e);
            throw e;
        }
    }

    /// Puts a peer's state in the place of this member's. Nothing is applied meanwhile; entries that it holds
    /// already are passed over from then on.
    Position install(Path checkpoint, Runnable installed) {
        synchronized (installing) {
            applier.install(checkpoint);
            installed.run();
            return applier.applied();
        }
    }

    private static List<Entry> entries(TransactionContext context, LogEntryProto log) {
        return context.getStateMachineContext() instanceof EntryMessage(var _, var entries)
                ? entries
                : EntryCodec.decodeGroup(
                        log.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer());
    }

    /// An entry without commands is committed and next in turn: a configuration, or a leader's first.
    @Override
    public void notifyTermIndexUpdated(long term, long index) {
        var position = new Position(term, index);
        var told = Optional.ofNullable(configurations.get(index));
        told.ifPresent(configuration -> found(configuration.members()));
        applying(
                position,
                () -> told.ifPresentOrElse(
                        configuration -> configured(position, configuration), () -> applier.advance(position)));
        configurations.headMap(index, true).clear();
    }

    private void configured(Position position, Told configuration) {
        if (configuration.alone()) {
            applier.leftAlone(position, configuration.members().getFirst());
            // Before anybody can be added: from then on the table alone says who is an outsider, see `Outsiders`.
            applier.persist();
        } else {
            applier.configured(position, configuration.members());
        }
    }

    private void found(List<Member> members) {
        synchronized (installing) {
            applier.found(members);
        }
    }

    /// Comes before `notifyTermIndexUpdated` for the same entry, but also, on other threads, while this member waits
    /// for a peer's state: then for an entry that is not next in turn, and may be in that state or far behind it.
    /// So it is only kept in mind.
    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto configuration) {
        var voters = configuration.getPeersList().stream().map(peer -> RaftPeers.member(peer, false));
        var learners = configuration.getListenersList().stream().map(peer -> RaftPeers.member(peer, true));
        configurations.put(
                index,
                new Told(Stream.concat(voters, learners).toList(), LoneConfiguration.isAt(index, configuration)));
    }

    @Override
    public long takeSnapshot() {
        return checkpoints.take();
    }

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return checkpoints.latest().orElse(null);
    }

    @Override
    public void notifyLeaderReady() {
        observer.leadershipChanged();
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pendingEntries) {
        observer.leadsNoMore();
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
        observer.leadershipChanged();
    }

    @Override
    public CompletableFuture<TermIndex> notifyInstallSnapshotFromLeader(
            RoleInfoProto role, TermIndex firstInLeadersLog) {
        return observer.needsState(firstInLeadersLog.getIndex())
                .thenApply(position -> TermIndex.valueOf(position.term(), position.index()));
    }

    @Override
    public void pause() {
        if (getLifeCycleState() == LifeCycle.State.RUNNING) {
            getLifeCycle().transition(LifeCycle.State.PAUSING);
            getLifeCycle().transition(LifeCycle.State.PAUSED);
        }
    }

    @Override
    public void reinitialize() throws IOException {
        getLifeCycle().startAndTransition(this::loadApplied);
        observer.advanced(applier.applied());
    }

    @Override
    public CompletableFuture<Message> query(Message request) {
        return CompletableFuture.failedFuture(new IOException("reads do not go through Ratis"));
    }

    @Override
    public CompletableFuture<Message> queryStale(Message request, long minIndex) {
        return query(request);
    }

    @Override
    public CompletableFuture<Void> truncate(long index) {
        observer.truncated(index);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> flush(long index) {
        observer.flushing();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto failedEntry) {
        observer.broken("the Raft log cannot be written", cause);
    }

    @Override
    public void notifyServerShutdown(RoleInfoProto role, boolean allServer) {
        observer.broken("Ratis ended itself", null);
    }
}
