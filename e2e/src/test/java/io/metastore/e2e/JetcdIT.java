package io.metastore.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Election;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.auth.Permission;
import io.etcd.jetcd.election.LeaderResponse;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.maintenance.StatusResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.LeaseOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.support.CloseableClient;
import io.etcd.jetcd.watch.WatchEvent;
import io.grpc.stub.StreamObserver;
import io.metastore.server.process.MemberProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

/// jetcd, the Java client of etcd, against three members.
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class JetcdIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CREATED = "created";

    private Cluster cluster;
    private Client client;

    @BeforeAll
    void startCluster() {
        cluster = Cluster.start(3);
    }

    @AfterAll
    void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void connect() {
        cluster.startAll();
        client = client();
    }

    @AfterEach
    void disconnect() throws Exception {
        client.getKVClient()
                .delete(
                        bytes("\0"),
                        DeleteOption.builder().withRange(bytes("\0")).build())
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        client.close();
    }

    @Test
    void keysAreWrittenReadAndDeleted() {
        var kv = client.getKVClient();
        for (var key : List.of("a/1", "a/2", "a/3", "b")) {
            get(kv.put(bytes(key), bytes("of " + key)));
        }

        var found = get(kv.get(
                bytes("a/"), GetOption.builder().isPrefix(true).withLimit(2).build()));
        assertThat(found.getKvs()).extracting(pair -> text(pair.getKey())).containsExactly("a/1", "a/2");
        assertThat(found.getCount()).isEqualTo(3);
        assertThat(found.isMore()).isTrue();

        var old = found.getHeader().getRevision();
        assertThat(get(kv.delete(
                                bytes("a/"),
                                DeleteOption.builder()
                                        .isPrefix(true)
                                        .withPrevKV(true)
                                        .build()))
                        .getPrevKvs())
                .hasSize(3);
        assertThat(get(kv.get(bytes("a/1"))).getCount()).isZero();
        assertThat(text(get(kv.get(
                                bytes("a/1"),
                                GetOption.builder().withRevision(old).build()))
                        .getKvs()
                        .getFirst()
                        .getValue()))
                .isEqualTo("of a/1");
    }

    @Test
    void aTransactionTakesOneOfItsBranches() {
        var kv = client.getKVClient();
        get(kv.put(bytes("key"), bytes("1")));

        for (var expected : List.of("1", "2")) {
            var answer = get(kv.txn()
                    .If(new Cmp(bytes("key"), Cmp.Op.EQUAL, CmpTarget.value(bytes("1"))))
                    .Then(Op.put(bytes("key"), bytes("2"), PutOption.DEFAULT))
                    .Else(Op.get(bytes("key"), GetOption.DEFAULT))
                    .commit());
            assertThat(answer.isSucceeded()).isEqualTo(expected.equals("1"));
        }
    }

    @Test
    void aWatchGoesOnWhereItWasWhenItsMemberIsKilled() {
        var seen = new CopyOnWriteArrayList<String>();
        var news = new CopyOnWriteArrayList<String>();
        var member = cluster.members().getFirst();
        try (var own = clientOf(member);
                var _ = own.getWatchClient()
                        .watch(
                                bytes("w"),
                                WatchOption.builder()
                                        .isPrefix(true)
                                        .withCreateNotify(true)
                                        .build(),
                                listener(seen, news))) {
            Awaitility.await().atMost(PATIENCE).until(() -> news.contains(CREATED));
            put(0, 10);
            awaitSeen(seen, news, 10);
            member.kill();
            put(10, 20);
            member.start();
            member.awaitReady(PATIENCE);

            awaitSeen(seen, news, 20);
            put(20, 30);
            awaitSeen(seen, news, 30);
        }
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 30)
                        .mapToObj(i -> "PUT w" + i + "=" + i)
                        .toList());
    }

    /// @param news that the watch is there, why it was begun anew, that it is over
    private static Watch.Listener listener(List<String> seen, List<String> news) {
        return Watch.listener(
                response -> {
                    if (response.getEvents().isEmpty()) {
                        news.add(CREATED);
                    }
                    response.getEvents().forEach(event -> seen.add(told(event)));
                },
                error -> news.add(String.valueOf(error)),
                () -> news.add("over"));
    }

    private static String told(WatchEvent event) {
        var pair = event.getKeyValue();
        return event.getEventType() + " " + text(pair.getKey()) + "=" + text(pair.getValue());
    }

    private void put(int from, int to) {
        for (int i = from; i < to; i++) {
            get(client.getKVClient().put(bytes("w" + i), bytes(String.valueOf(i))));
        }
    }

    private static void awaitSeen(List<String> seen, List<String> news, int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(seen)
                        .as("the events of a watch that was told %s", news)
                        .hasSizeGreaterThanOrEqualTo(count));
    }

    @Test
    void aLeaseLivesWhileItIsKeptAliveAndTakesItsKeyAlong() {
        var leases = client.getLeaseClient();
        long id = get(leases.grant(2)).getID();
        get(client.getKVClient()
                .put(
                        bytes("leased"),
                        bytes("1"),
                        PutOption.builder().withLeaseId(id).build()));
        var answers = new CopyOnWriteArrayList<Long>();
        try (CloseableClient _ = leases.keepAlive(id, new KeepAliveAnswers(answers))) {
            Awaitility.await().atMost(PATIENCE).until(() -> answers.size() >= 6); // every third of the TTL
            assertThat(get(leases.timeToLive(
                                    id, LeaseOption.builder().withAttachedKeys().build()))
                            .getKeys())
                    .extracting(JetcdIT::text)
                    .containsExactly("leased");
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> get(client.getKVClient().get(bytes("leased"))).getCount() == 0);
        assertThat(get(leases.timeToLive(id, LeaseOption.DEFAULT)).getTTL()).isEqualTo(-1);
    }

    @Test
    void aLockIsHeldByOneLeaseAtATime() {
        var locks = client.getLockClient();
        long first = get(client.getLeaseClient().grant(60)).getID();
        long second = get(client.getLeaseClient().grant(60)).getID();

        var held = get(locks.lock(bytes("lock"), first)).getKey();
        var waiting = locks.lock(bytes("lock"), second);
        assertThat(waiting).isNotDone();
        get(locks.unlock(held));

        get(locks.unlock(get(waiting).getKey()));
        get(client.getLeaseClient().revoke(first));
        get(client.getLeaseClient().revoke(second));
    }

    @Test
    void anElectionIsWonProclaimedAndResigned() {
        var elections = client.getElectionClient();
        long first = get(client.getLeaseClient().grant(60)).getID();
        long second = get(client.getLeaseClient().grant(60)).getID();
        var seen = new CopyOnWriteArrayList<String>();
        elections.observe(bytes("election"), new Leaders(seen));

        var won =
                get(elections.campaign(bytes("election"), first, bytes("one"))).getLeader();
        var next = elections.campaign(bytes("election"), second, bytes("two"));
        get(elections.proclaim(won, bytes("one again")));
        assertThat(next).isNotDone();
        assertThat(text(get(elections.leader(bytes("election"))).getKv().getValue()))
                .isEqualTo("one again");
        get(elections.resign(won));

        get(next);
        Awaitility.await().atMost(PATIENCE).until(() -> seen.contains("two"));
        assertThat(seen).startsWith("one");
    }

    @Test
    void withAuthOnlyThoseWhoMayReadAndWrite() {
        var auth = client.getAuthClient();
        get(auth.userAdd(bytes("root"), bytes("r")));
        get(auth.userGrantRole(bytes("root"), bytes("root")));
        get(auth.roleAdd(bytes("role")));
        get(auth.roleGrantPermission(bytes("role"), bytes("mine"), bytes("minf"), Permission.Type.READWRITE));
        get(auth.userAdd(bytes("user"), bytes("u")));
        get(auth.userGrantRole(bytes("user"), bytes("role")));
        get(auth.authEnable());
        try (var user = Client.builder()
                .endpoints(endpoints())
                .user(bytes("user"))
                .password(bytes("u"))
                .build()) {
            get(user.getKVClient().put(bytes("mine"), bytes("1")));
            assertThatThrownBy(() -> get(user.getKVClient().put(bytes("other"), bytes("1"))))
                    .hasMessageContaining("etcdserver: permission denied");
            assertThatThrownBy(() -> get(client.getKVClient().get(bytes("mine"))))
                    .hasMessageContaining("etcdserver: user name is empty");
        } finally {
            try (var root = Client.builder()
                    .endpoints(endpoints())
                    .user(bytes("root"))
                    .password(bytes("r"))
                    .build()) {
                get(root.getAuthClient().authDisable());
            }
        }
        get(auth.userDelete(bytes("user")));
        get(auth.userDelete(bytes("root")));
        get(auth.roleDelete(bytes("role")));
    }

    @Test
    void maintenanceAndMembersAreAnswered() {
        var maintenance = client.getMaintenanceClient();
        var statuses = cluster.members().stream()
                .map(member -> get(maintenance.statusMember("http://" + member.endpoint())))
                .toList();

        assertThat(statuses).extracting(StatusResponse::getVersion).containsOnly("3.7.1");
        assertThat(statuses)
                .extracting(StatusResponse::getLeader)
                .containsOnly(statuses.getFirst().getLeader());
        assertThat(get(client.getClusterClient().listMember()).getMembers())
                .extracting(member -> member.getName())
                .containsExactlyInAnyOrder("m0", "m1", "m2");
        assertThat(get(maintenance.listAlarms()).getAlarms()).isEmpty();
        var hashes = cluster.members().stream()
                .map(member -> get(maintenance.hashKV("http://" + member.endpoint(), 1))
                        .getHash())
                .distinct();
        assertThat(hashes).hasSize(1);
    }

    private record KeepAliveAnswers(List<Long> ttls) implements StreamObserver<LeaseKeepAliveResponse> {
        @Override
        public void onNext(LeaseKeepAliveResponse answer) {
            ttls.add(answer.getTTL());
        }

        @Override
        public void onError(Throwable failure) {
            ttls.clear();
        }

        @Override
        public void onCompleted() {
            // The test ends it.
        }
    }

    private record Leaders(List<String> seen) implements Election.Listener {
        @Override
        public void onNext(LeaderResponse leader) {
            seen.add(text(leader.getKv().getValue()));
        }

        @Override
        public void onError(Throwable failure) {
            seen.add(String.valueOf(failure));
        }

        @Override
        public void onCompleted() {
            // The test ends it.
        }
    }

    private Client client() {
        return Client.builder().endpoints(endpoints()).build();
    }

    private static Client clientOf(MemberProcess member) {
        return Client.builder().endpoints("http://" + member.endpoint()).build();
    }

    private String[] endpoints() {
        return cluster.members().stream()
                .map(member -> "http://" + member.endpoint())
                .toArray(String[]::new);
    }

    private static <T> T get(CompletableFuture<T> answer) {
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private static String text(ByteSequence bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
