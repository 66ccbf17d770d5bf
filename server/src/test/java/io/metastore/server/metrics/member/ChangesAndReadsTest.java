package io.metastore.server.metrics.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.metrics.Registry;
import io.metastore.server.model.Bytes;
import io.metastore.server.model.KeyRange;
import io.metastore.server.model.LeaseId;
import io.metastore.server.request.Command;
import io.metastore.server.request.Compare;
import io.metastore.server.request.DeleteRange;
import io.metastore.server.request.Outcome;
import io.metastore.server.request.Put;
import io.metastore.server.request.Range;
import io.metastore.server.request.Reason;
import io.metastore.server.request.Txn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesAndReadsTest {
    private static final Bytes KEY = Bytes.utf8("key");
    private static final Outcome DONE = new Outcome.Accepted(2);

    private final Registry registry = Registry.ofMember();
    private final StoreMetrics store = new StoreMetrics(registry);
    private final SlowRequests slow = new SlowRequests(registry, Duration.ofHours(1));
    private final ApplyMetrics applied = new ApplyMetrics(registry, store, slow);
    private final RequestMetrics requests = new RequestMetrics(registry, store, slow);

    @Test
    void everyPutOfAnEntryIsCountedWithItsSize() {
        apply(Put.of(KEY, Bytes.utf8("12345")), DONE);
        apply(Put.of(KEY, Bytes.utf8("1")), DONE);

        shows("etcd_mvcc_put_total 2", "etcd_debugging_mvcc_total_put_size_in_bytes 12", "etcd_mvcc_txn_total 0");
    }

    @Test
    void whatIsRefusedIsTimedAndNotCounted() {
        apply(Put.of(KEY, KEY), new Outcome.Refused(Reason.NO_SPACE));

        shows(
                "etcd_mvcc_put_total 0",
                "etcd_server_apply_duration_seconds_count{op=\"Put\",success=\"false\",version=\"v3\"} 1");
    }

    @Test
    void aChangeThatAlsoReadsIsATransactionOfTwoThings() {
        apply(new Put(KEY, KEY, LeaseId.NONE, true, false, false), DONE);
        apply(new DeleteRange(KeyRange.single(KEY), true), DONE);

        shows("etcd_mvcc_put_total 1", "etcd_mvcc_delete_total 1", "etcd_mvcc_range_total 2", "etcd_mvcc_txn_total 2");
    }

    @Test
    void ofATransactionTheComparisonsAndTheBranchThatWasRunCount() {
        var compare = new Compare(KeyRange.single(KEY), Compare.Relation.EQUAL, new Compare.Target.Version(1));
        var txn = new Txn(
                List.of(compare),
                List.of(Put.of(KEY, KEY), Range.of(KeyRange.single(KEY))),
                List.of(new DeleteRange(KeyRange.single(KEY), false)));

        apply(txn, new Outcome.TxnDone(2, true, List.of()));

        shows("etcd_mvcc_put_total 1", "etcd_mvcc_delete_total 0", "etcd_mvcc_range_total 2", "etcd_mvcc_txn_total 1");
    }

    @Test
    void leasesAreCountedWithTheirTimes() {
        apply(new Command.GrantLease(LeaseId.of(1), 100), DONE);
        apply(new Command.RevokeLease(LeaseId.of(1)), DONE);

        shows(
                "etcd_debugging_lease_granted_total 1",
                "etcd_debugging_lease_revoked_total 1",
                "etcd_debugging_lease_ttl_total_bucket{le=\"64\"} 0",
                "etcd_debugging_lease_ttl_total_bucket{le=\"128\"} 1",
                "etcd_debugging_lease_ttl_total_sum 100");
    }

    @Test
    void aCommitIsTimed() {
        applied.committing();
        applied.committed();

        shows("etcd_disk_backend_commit_duration_seconds_count 1");
    }

    @Test
    void aProposalIsPendingUntilItsOutcomeIsKnown() {
        var outcomes = new ArrayList<Outcome>();
        var reply = requests.change(new Command.Compact(1), outcomes::add);
        shows("etcd_server_proposals_pending 1");

        reply.accept(DONE);

        assertThat(outcomes).containsExactly(DONE);
        shows(
                "etcd_server_proposals_pending 0",
                "etcd_server_proposals_failed_total 0",
                "etcd_server_request_duration_seconds_count{success=\"true\",type=\"Compaction\"} 1");
    }

    @Test
    void onlyWhatWasNotAgreedOnIsAFailedProposal() {
        requests.change(new Command.Compact(1), _ -> {}).accept(new Outcome.Refused(Reason.COMPACTED));
        shows("etcd_server_proposals_failed_total 0");

        requests.change(new Command.Compact(1), _ -> {}).accept(new Outcome.Refused(Reason.TIMED_OUT));
        shows("etcd_server_proposals_failed_total 1");
    }

    @Test
    void promotionsAreCountedAndRefusedOnesByWhatEtcdSaysInside() {
        requests.promoted(DONE);
        requests.promoted(new Outcome.Refused(Reason.MEMBER_NOT_FOUND));
        requests.promoted(new Outcome.Refused(Reason.MEMBER_NOT_LEARNER));
        requests.promoted(new Outcome.Refused(Reason.LEARNER_NOT_IN_SYNC));

        var failures = "etcd_server_learner_promote_failures{Reason=\"";
        shows(
                "etcd_server_learner_promote_successes 1",
                failures + "membership: ID not found\"} 1",
                failures + "membership: can only promote a learner member\"} 1",
                failures + "etcdserver: can only promote a learner member which is in sync with leader\"} 1");
    }

    @Test
    void aReadIsCountedOnceAndTimedTwice() {
        var range = Range.of(KeyRange.single(KEY));
        var done = new Outcome.RangeDone(1, List.of(), false, 0);

        requests.evaluated(range, System.nanoTime(), done);
        requests.read(range, System.nanoTime(), done);

        shows(
                "etcd_mvcc_range_total 1",
                "etcd_server_range_duration_seconds_count{success=\"true\"} 1",
                "etcd_server_request_duration_seconds_count{success=\"true\",type=\"Range\"} 1");
    }

    @Test
    void whatTakesLongerThanTheLimitIsSlow() {
        shows("etcd_server_slow_apply_total 0");

        slow.applied(new Command.Compact(1), DONE, Duration.ofHours(1).toNanos() + 1);
        slow.read(Range.of(KeyRange.single(KEY)), DONE, Duration.ofHours(2).toNanos());

        shows("etcd_server_slow_apply_total 2");
    }

    private void apply(Command command, Outcome outcome) {
        applied.begun();
        applied.applied(command, outcome);
    }

    private void shows(String... lines) {
        assertThat(registry.text().lines()).contains(lines);
    }
}
