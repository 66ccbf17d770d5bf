package io.metastore.server.apply;

import io.metastore.server.apply.EntryResult.Applied;
import io.metastore.server.apply.EntryResult.Cause;
import io.metastore.server.apply.EntryResult.Skipped;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Membership;
import io.metastore.server.storage.Batch;
import io.metastore.server.storage.PartialCheckpoint;
import io.metastore.server.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// The only way from committed entries to stored state, on every member and after a restart alike. What shares a
/// place in the log is one batch, which also carries that position and the sequences of the proposers: after a crash
/// it has happened as a whole or not at all, and the storage knows which.
///
/// `apply`, `advance`, `configured`, `leftAlone` and `install` are for the one thread that applies the log;
/// the others are for any. An exception out of them comes from the storage, or from an entry out of order,
/// and is fatal: this object must not be used any more.
public final class Applier {
    private final Storage storage;
    private final State state;
    private final Listeners listeners;
    private final Scope scope;
    private final ProposerTable proposers;

    /// Held while a position is written, so that `persist` never writes an older one over a newer one.
    private final ReentrantLock positions = new ReentrantLock();

    /// What the storage holds.
    private volatile Position applied;

    /// At or above `applied`: entries without commands reach the storage later. Guarded by `positions`.
    private Position reached;

    /// Of everything.
    public Applier(Storage storage, State state, Listeners listeners) {
        this(storage, state, listeners, Scope.EVERYTHING);
    }

    /// @param scope what of the state this member keeps
    public Applier(Storage storage, State state, Listeners listeners, Scope scope) {
        this.scope = scope;
        this.storage = storage;
        this.state = state;
        this.listeners = listeners;
        this.proposers = new ProposerTable(storage);
        this.applied = read(storage);
        this.reached = applied;
    }

    /// The position up to which the storage holds the effects of the log: where to go on after a restart.
    public Position applied() {
        return applied;
    }

    /// Applies the entries that share a place in the log, or skips them, one by one: each sees the effects of those
    /// before it, and each of its commands the effects of the commands before it. They are stored all or none.
    ///
    /// @return what became of each
    /// @throws IllegalStateException when the index is not above every index this object has seen
    public List<EntryResult> apply(Position at, List<Entry> entries) {
        positions.lock();
        try {
            requireNext(at);
            return run(at, entries);
        } finally {
            positions.unlock();
        }
    }

    /// Notes an entry without commands. It reaches the storage with the next batch or the next `persist`.
    ///
    /// @throws IllegalStateException when its index is not above every index this object has seen
    public void advance(Position at) {
        positions.lock();
        try {
            requireNext(at);
            reached = at;
        } finally {
            positions.unlock();
        }
    }

    /// Founds the cluster with these members, unless it is founded: to be called with every configuration, of
    /// which the first one counts. It is at the very beginning of the log, so it does not move the position.
    public void found(Collection<Member> members) {
        positions.lock();
        try (var batch = storage.batch()) {
            var table = state.members().writer(batch);
            if (table.found(members)) {
                batch.commit();
                table.published();
            }
        } finally {
            positions.unlock();
        }
    }

    /// Notes an entry that makes `members` those who vote and are fed. What is kept of proposers that are
    /// none of them, and do not belong to the cluster any more, is dropped: since ids are never used again, it
    /// is not missed.
    ///
    /// @throws IllegalStateException when its index is not above every index this object has seen
    public void configured(Position at, Collection<Member> members) {
        positions.lock();
        try {
            requireNext(at);
            var kept = members.stream().map(Member::id).collect(Collectors.toCollection(HashSet::new));
            kept.addAll(members().members().keySet());
            var gone = proposers.others(kept);
            if (gone.isEmpty()) {
                reached = at;
            } else {
                drop(at, gone);
            }
        } finally {
            positions.unlock();
        }
    }

    /// Notes an entry by which `survivor` goes on without all others: they are removed, as if one by one.
    ///
    /// @throws IllegalStateException when its index is not above every index this object has seen
    public void leftAlone(Position at, Member survivor) {
        positions.lock();
        try (var batch = storage.batch()) {
            requireNext(at);
            var table = state.members().writer(batch);
            table.keepOnly(survivor);
            var gone = proposers.others(Set.of(survivor.id()));
            gone.forEach(id -> proposers.delete(batch, id));
            commit(batch, at);
            gone.forEach(proposers::forgotten);
            table.published();
        } finally {
            positions.unlock();
        }
    }

    /// Who belongs to the cluster, as far as it was applied here.
    public Membership members() {
        return state.members().membership();
    }

    /// The sequence of the proposer's last applied entry; 0 when none of this incarnation was applied.
    public long lastSequence(MemberId proposer, long incarnation) {
        return proposers.lastSequence(proposer, incarnation);
    }

    /// Makes everything applied so far durable and returns its position: a crash loses nothing up to it.
    public Position persist() {
        var position = settle();
        storage.persist();
        return position;
    }

    /// Writes the state into `directory`, which must not exist. Entries go on being applied meanwhile, so the state
    /// may be somewhat newer than the returned position, never older; whoever installs it reads the exact one from
    /// `applied`.
    public Position checkpoint(Path directory) {
        var position = settle();
        storage.checkpoint(directory);
        return position;
    }

    /// As `checkpoint`, of the part of the state that a member with the scope `part` keeps.
    public Position checkpoint(Path directory, Scope part) {
        if (part == Scope.EVERYTHING) {
            return checkpoint(directory);
        }
        var position = settle();
        try (var snapshot = storage.snapshot()) {
            PartialCheckpoint.write(snapshot, part.columns(), directory);
        }
        return position;
    }

    /// Replaces the whole state by a checkpoint, which is consumed.
    public void install(Path checkpoint) {
        positions.lock();
        try {
            state.store().unload();
            storage.replaceWith(checkpoint);
            state.reload();
            proposers.reload();
            applied = read(storage);
            reached = applied;
        } finally {
            positions.unlock();
        }
        listeners.leases().reloaded(state.leases().all());
        listeners.tokens().reloaded(state.auth().tokens());
    }

    private List<EntryResult> run(Position at, List<Entry> entries) {
        try (var batch = storage.batch()) {
            var writers = Writers.of(state, batch);
            var judgement = proposers.judgement(batch);
            var results = new ArrayList<EntryResult>(entries.size());
            for (var entry : entries) {
                var refusal = at.term() == entry.stamp().epoch()
                        ? judgement.refusal(entry.stamp())
                        : Optional.of(Cause.EPOCH_CHANGED);
                results.add(refusal.<EntryResult>map(Skipped::new)
                        .orElseGet(() -> new Applied(new Execution(writers, at.index(), listeners.commands(), scope)
                                .run(entry.commands()))));
            }
            if (judgement.hasPassedAny()) {
                judgement.write();
                listeners.commands().committing();
                commit(batch, at);
                listeners.commands().committed();
                judgement.published();
                writers.published(listeners);
            } else {
                reached = at;
            }
            return results;
        }
    }

    private void drop(Position at, List<MemberId> gone) {
        try (var batch = storage.batch()) {
            gone.forEach(id -> proposers.delete(batch, id));
            commit(batch, at);
            gone.forEach(proposers::forgotten);
        }
    }

    private void commit(Batch batch, Position at) {
        at.write(batch);
        batch.commit();
        applied = at;
        reached = at;
    }

    /// Writes the position of entries without commands, if there were any since the last batch.
    private Position settle() {
        positions.lock();
        try {
            if (!reached.equals(applied)) {
                try (var batch = storage.batch()) {
                    commit(batch, reached);
                }
            }
            return applied;
        } finally {
            positions.unlock();
        }
    }

    private void requireNext(Position at) {
        if (at.index() <= reached.index()) {
            throw new IllegalStateException("entry " + at + " is not above " + reached);
        }
    }

    private static Position read(Storage storage) {
        try (var snapshot = storage.snapshot()) {
            return Position.read(snapshot);
        }
    }
}
