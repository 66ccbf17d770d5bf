package io.metastore.server.node;

import io.metastore.server.cluster.MemberTable;
import io.metastore.server.cluster.VersionTable;
import io.metastore.server.consensus.Consensus;
import io.metastore.server.consensus.Leading;
import io.metastore.server.consensus.MemberReport;
import io.metastore.server.consensus.Vitals;
import io.metastore.server.model.Member;
import io.metastore.server.model.MemberId;
import io.metastore.server.node.ClusterView.Progress;
import io.metastore.server.node.ClusterView.Row;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Asks the members how they are. Each call blocks its caller, for a bounded time.
final class Survey {
    /// For a member's answer, and for the majority's.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /// As long as it may take until a leader that was lost is replaced, and knows what it leads.
    private static final Duration UNTIL_LED = Duration.ofSeconds(5);
    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private final Consensus consensus;
    private final Reads reads;
    private final MemberTable table;
    private final VersionTable versions;

    Survey(NodeParts parts, Reads reads) {
        this.consensus = parts.consensus();
        this.reads = reads;
        this.table = parts.state().members();
        this.versions = parts.state().versions();
    }

    /// All of them. Those who do not answer hold up the others for no longer than it takes to give up one.
    ClusterView look() {
        boolean confirmed = confirm();
        var members = table.membership();
        var reports = ask(members.all());
        var leading = leading(reports.values());
        var state = consensus.state();
        var terms = reports.values().stream().mapToLong(MemberReport::term);
        return new ClusterView(
                leading.map(known -> known.contacts().leader()).orElse(state.leader()),
                Math.max(state.term(), terms.max().orElse(0)),
                leading.map(known -> OptionalLong.of(known.commitIndex())).orElseGet(OptionalLong::empty),
                members.version(),
                confirmed,
                leading.flatMap(Leading::pending),
                versions.version().release(),
                members.all().stream()
                        .map(member -> row(member, Optional.ofNullable(reports.get(member.id())), leading))
                        .toList());
    }

    private boolean confirm() {
        var confirmed = new CompletableFuture<Boolean>();
        reads.linearizable(Runnable::run, refusal -> confirmed.complete(refusal.isEmpty()));
        return confirmed
                .completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private Map<MemberId, MemberReport> ask(List<Member> members) {
        var asked = members.stream().map(member -> ask(member.id())).toList();
        return asked.stream()
                .flatMap(answer -> answer.join().stream())
                .collect(Collectors.toMap(MemberReport::member, Function.identity()));
    }

    private CompletableFuture<Optional<MemberReport>> ask(MemberId member) {
        var answer = new CompletableFuture<Optional<MemberReport>>();
        consensus.report(member, PATIENCE, answer::complete);
        return answer;
    }

    /// Of two that say they lead, the one in the newer term does.
    private static Optional<Leading> leading(Collection<MemberReport> reports) {
        return reports.stream()
                .filter(report -> report.leading().isPresent())
                .max(Comparator.comparingLong(MemberReport::term))
                .flatMap(MemberReport::leading);
    }

    private static Row row(Member member, Optional<MemberReport> report, Optional<Leading> leading) {
        var health = leading.map(Health::new);
        var id = member.id();
        Optional<Vitals> vitals = report.flatMap(MemberReport::vitals);
        return new Row(
                member,
                report.isPresent() || health.filter(known -> known.hears(id)).isPresent(),
                member.isStarted() && health.filter(known -> known.keepsUp(id)).isPresent(),
                health.map(known -> known.progress(id)).orElse(Progress.UNKNOWN),
                report.map(known -> OptionalLong.of(known.appliedIndex())).orElseGet(OptionalLong::empty),
                vitals);
    }

    /// What the leader knows, once it is as `wanted` says; nothing when no leader says so in time.
    Optional<Leading> leader(Predicate<Leading> wanted) {
        return within(
                UNTIL_LED,
                () -> ask(consensus.state().leader())
                        .join()
                        .flatMap(MemberReport::leading)
                        .filter(wanted));
    }

    /// What `look` finds, looked for until it is there or the time is up.
    static <T> Optional<T> within(Duration limit, Supplier<Optional<T>> look) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var found = look.get();
            if (found.isPresent() || deadline - System.nanoTime() <= 0) {
                return found;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
