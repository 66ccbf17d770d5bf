package io.metastore.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.metastore.server.admin.AdminCluster.Place;
import io.metastore.server.process.MemberProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// `metastore admin` against three members.
class AdminCommandIT {
    @Test
    void aPersonLooksAtTheMembersAndChangesThem() throws IOException, InterruptedException {
        try (var cluster = AdminCluster.ofThree()) {
            cluster.awaitWhole();
            var version = cluster.ask(cluster.member("m1")).getVersion();

            var table = run(cluster, 0, "members");
            assertThat(table.lines().toList()).hasSize(5);
            assertThat(table).startsWith("version " + version + ", term ");
            assertThat(table.lines().skip(1).findFirst().orElseThrow())
                    .startsWith("ID ")
                    .contains("NAME", "ROLE", "STATE", "LAG", "FREE", "PEERS");
            assertThat(table.lines().skip(2))
                    .allMatch(line -> line.contains(" voter ") && line.contains(" rocksdb "))
                    .filteredOn(line -> line.contains(" leader "))
                    .hasSize(1);

            assertThat(run(cluster, 0, "members", "-w", "json"))
                    .contains("\"version\":\"" + version + "\"")
                    .contains("\"name\":\"m2\"");

            assertThat(run(cluster, 1, "remove", "nobody")).isEqualTo("Error: there is no member named nobody\n");
            assertThat(run(cluster, 1, "remove", "m2", "--expected-version=0000000000000000"))
                    .isEqualTo("Error: metastore: the members are not those that were expected: expected version"
                            + " 0000000000000000, it is " + version + " now\n");

            cluster.awaitWhole();
            var leader = cluster.leader();
            var heir = cluster.followers().getFirst();
            assertThat(run(cluster, 0, "transfer", heir))
                    .startsWith(heir + " (" + Long.toHexString(cluster.id(heir)) + ") leads in term ");
            cluster.awaitWhole();
            assertThat(run(cluster, 0, "prepare-stop", leader))
                    .startsWith(leader + " (" + Long.toHexString(cluster.id(leader))
                            + ") may stop: 2 of 3 voters answer without it, 2 are needed; ");
            addAndRemove(cluster);
        }
    }

    private static void addAndRemove(AdminCluster cluster) throws IOException, InterruptedException {
        // The members must have been connected for long enough, whoever leads now.
        var first = cluster.steadily(
                cluster.member("m1"),
                admin -> admin.addMember(io.metastore.proto.admin.v1.AddMemberRequest.newBuilder()
                        .addPeerUrls(Place.of("m8").peerUrl())
                        .build()));
        assertThat(run(cluster, 0, "remove", Long.toHexString(first.getMemberId())))
                .startsWith(Long.toHexString(first.getMemberId()) + " was removed, the version is ");
        var place = Place.of("m9");

        var added = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> printed(cluster, "add", "--peer-urls", place.peerUrl(), "--role=learner"),
                        ended -> !ended.text().contains("unhealthy cluster"));
        assertThat(added.exitCode()).as(added.text()).isZero();

        assertThat(added.text())
                .contains(" was added, the version is ")
                .contains("start it with --name=NAME --initial-cluster-state=existing --initial-cluster=")
                .contains("NAME=" + place.peerUrl());
        assertThat(run(cluster, 0, "members")).contains(" learner ", " not started ", "pending: add ");
    }

    private static String run(AdminCluster cluster, int exitCode, String... words)
            throws IOException, InterruptedException {
        var ended = printed(cluster, words);
        assertThat(ended.exitCode()).as(ended.text()).isEqualTo(exitCode);
        return ended.text();
    }

    private record Ended(int exitCode, String text) {}

    /// What is printed, errors too.
    private static Ended printed(AdminCluster cluster, String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(cluster.program());
        command.add("admin");
        command.addAll(List.of(words));
        // Nobody is ever at the first one.
        command.add("--endpoints=127.0.0.1:1,"
                + cluster.running().stream().map(MemberProcess::endpoint).collect(Collectors.joining(",")));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }
}
