package io.metastore.server.node;

import io.metastore.server.apply.State;
import io.metastore.server.auth.AuthWriter;
import io.metastore.server.auth.TokenListener;
import io.metastore.server.config.LimitConfig;
import io.metastore.server.config.MembershipConfig;
import io.metastore.server.consensus.ClusterState;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Contacts;
import io.metastore.server.consensus.HistoryHash;
import io.metastore.server.consensus.LeaseAnswer;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.identity.Passwords;
import io.metastore.server.identity.SimpleTokens;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.LeaseId;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.model.Permission;
import io.metastore.server.request.AuthCommand;
import io.metastore.server.request.AuthCommand.Management;
import io.metastore.server.request.Command;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Reason;
import io.metastore.server.storage.MemoryStorage;
import io.metastore.server.watch.WatchHub;
import io.metastore.server.watch.WatchSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// A door whose member hears of the others' changes only when it asks: then `news` happen. What it proposes is kept and
/// answered with nothing.
final class LateMember implements AutoCloseable {
    static final Permission ON_K = new Permission(Permission.READ_WRITE, Bytes.utf8("k"), Bytes.EMPTY);

    final List<Command> proposed = new ArrayList<>();
    final SimpleTokens tokens = new SimpleTokens(Duration.ofMinutes(5), () -> 0, new Random(1));
    final Node node;
    private final MemoryStorage storage = MemoryStorage.volatileOnly();
    private final State state = State.open(storage);
    private final WatchHub watches = new WatchHub(state.store(), WatchSettings.standard(Duration.ofMinutes(10)));
    private final Passwords passwords = new Passwords(4, 1, new SecureRandom());
    private Runnable news = () -> {};
    private int barriers;
    private boolean reachable = true;
    private long appliedIndex = 10;

    LateMember() {
        node = new Node(
                new NodeParts(
                        new Late(),
                        new NodeParts.State(
                                state.store(),
                                state.leases(),
                                state.alarms(),
                                state.members(),
                                state.auth(),
                                state.versions()),
                        watches,
                        new NoBackground(),
                        new NodeParts.Identity(tokens, passwords)),
                NodeLimits.of(LimitConfig.defaults(), MembershipConfig.defaults(), Duration.ofSeconds(1)),
                new Random(1));
    }

    /// Alice may use `k`, and auth is on.
    void knowsAlice() {
        change(new AuthCommand.AddUser("root", Bytes.EMPTY, false));
        change(new AuthCommand.GrantRole("root", "root"));
        change(new AuthCommand.AddUser("alice", Bytes.EMPTY, false));
        change(new AuthCommand.AddRole("r"));
        change(new AuthCommand.GrantPermission("r", ON_K));
        change(new AuthCommand.GrantRole("alice", "r"));
        change(new AuthCommand.Enable());
    }

    void change(Management change) {
        write(writer -> {
            if (writer.change(change).isPresent()) {
                throw new AssertionError("refused: " + change);
            }
        });
    }

    void write(Consumer<AuthWriter> change) {
        try (var batch = storage.batch()) {
            var writer = state.auth().writer(batch);
            change.accept(writer);
            batch.commit();
            writer.published(TokenListener.DEAF);
        }
    }

    /// What has happened elsewhere and is not known here yet.
    void willHear(Runnable later) {
        news = later;
    }

    void setReachable(boolean whether) {
        reachable = whether;
    }

    int barriers() {
        return barriers;
    }

    long authRevision() {
        return state.auth().state().revision();
    }

    @Override
    public void close() {
        passwords.close();
        watches.close();
        storage.close();
    }

    private final class Late implements Consensus {
        @Override
        public void propose(Command command, Consumer<Outcome> reply) {
            proposed.add(command);
            reply.accept(new Outcome.Accepted(1));
        }

        @Override
        public void awaitReadable(Consumer<Barrier> reply) {
            barriers++;
            if (!reachable) {
                reply.accept(new Barrier.Refused(Reason.TIMED_OUT));
                return;
            }
            appliedIndex = 1000;
            news.run();
            reply.accept(new Barrier.Passed());
        }

        @Override
        public void renewLease(LeaseId lease, Consumer<LeaseAnswer> reply) {
            reply.accept(new LeaseAnswer.Gone());
        }

        @Override
        public void historyOf(MemberId member, long revision, Consumer<HistoryHash> reply) {
            reply.accept(new HistoryHash.Silent());
        }

        @Override
        public void leaseTimeToLive(LeaseId lease, Consumer<LeaseAnswer> reply) {
            reply.accept(new LeaseAnswer.Gone());
        }

        @Override
        public ClusterState state() {
            return new ClusterState(1, new MemberId(1), new MemberId(2), 3, appliedIndex, appliedIndex);
        }

        @Override
        public boolean isLearner() {
            return false;
        }

        @Override
        public List<Member> members() {
            return List.of();
        }

        @Override
        public void contacts(Consumer<Contacts> reply) {
            reply.accept(new Contacts.Refused(Reason.NO_LEADER));
        }

        @Override
        public void awaitSeat(MemberId member, Seat seat, Consumer<Optional<Reason>> reply) {
            reply.accept(Optional.of(Reason.TIMED_OUT));
        }

        @Override
        public void transferLeadership(MemberId heir, Consumer<Optional<Reason>> reply) {
            reply.accept(Optional.of(Reason.NOT_LEADER));
        }

        @Override
        public void moveLeadership(Optional<MemberId> heir, Duration patience, Consumer<Optional<Reason>> reply) {
            throw new UnsupportedOperationException("nobody moves it here");
        }

        @Override
        public void report(MemberId member, Duration patience, Consumer<Optional<MemberReport>> reply) {
            reply.accept(Optional.empty());
        }
    }

    private record NoBackground() implements Background {
        @Override
        public void whenCompacted(long revision, Runnable done) {
            done.run();
        }

        @Override
        public StateFile stateFile(List<Member> members) {
            throw new UnsupportedOperationException("nobody asks for it");
        }

        @Override
        public void reclaim() {
            // Nothing is stored.
        }

        @Override
        public void leases(Executor where, Consumer<List<LeaseId>> reply) {
            reply.accept(List.of());
        }
    }
}
