package io.metastore.server.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import etcdserverpb.PutRequest;
import etcdserverpb.RangeRequest;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Three members found a cluster through a fourth one. Where a real etcd is named, it is once the service and once it
/// is who looks for the others:
///
///     mvn verify -Dit.test=DiscoveryIT -Detcd.program=/path/etcd
@Timeout(240)
class DiscoveryIT {

    private final Founding founding = new Founding();

    /// Who serves, and who looks for each other.
    record Roles(ServerProgram service, ServerProgram founders) {}

    static Stream<Roles> roles() {
        var ours = ServerProgram.underTest();
        var live =
                ServerProgram.etcd().stream().flatMap(etcd -> Stream.of(new Roles(etcd, ours), new Roles(ours, etcd)));
        return Stream.concat(Stream.of(new Roles(ours, ours)), live);
    }

    @AfterEach
    void end() {
        founding.close();
    }

    @ParameterizedTest
    @MethodSource("roles")
    void threeMembersFindEachOtherAndLaterDoWithoutTheService(Roles roles) {
        var service = serviceWithSize(roles.service(), "3");
        var members = founders(roles.founders(), service, 3);
        members.forEach(MemberProcess::start);
        members.forEach(member -> member.awaitReady(Founding.LIMIT));

        assertThat(Calls.names(members.getFirst())).containsExactlyInAnyOrder("m1", "m2", "m3");
        Calls.write(members.getFirst());
        assertThat(registered(service)).hasSize(3);

        // With data, the flags that found the others mean nothing.
        service.kill();
        var again = members.getLast();
        again.kill();
        again.start();
        again.awaitReady(Founding.LIMIT);
        assertThat(Calls.read(again)).isEqualTo("value");
        assertThat(founding.log(again))
                .contains("discovery token is ignored since cluster already initialized; valid logs are found");
    }

    @ParameterizedTest
    @MethodSource("roles")
    void whoComesToAFullClusterIsRefused(Roles roles) {
        var service = serviceWithSize(roles.service(), "1");
        var members = founders(roles.founders(), service, 2);
        members.getFirst().start();
        members.getFirst().awaitReady(Founding.LIMIT);
        members.getLast().start();

        assertThat(members.getLast().awaitEnd()).isEqualTo(1);
        assertThat(founding.log(members.getLast()))
                .contains("failed to join discovery cluster (discovery: cluster is full)");
        assertThat(registered(service)).hasSize(1);
    }

    @Test
    void whoHasAClusterToJoinLooksForNoOthers() {
        var member = founding.member(
                ServerProgram.underTest(),
                "m1",
                List.of(
                        "--initial-cluster-state=existing",
                        "--discovery-token=t",
                        "--discovery-endpoints=http://127.0.0.1:1"));
        member.start();

        assertThat(member.awaitEnd()).isEqualTo(1);
        assertThat(founding.log(member))
                .contains("discovery URL should not be set when joining existing initial cluster");
    }

    /// A cluster of one, where a person has written how large the other cluster is to be.
    private MemberProcess serviceWithSize(ServerProgram program, String size) {
        var service = founding.alone(program, "service");
        var request = PutRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("/_etcd/registry/t/_config/size"))
                .setValue(ByteString.copyFromUtf8(size))
                .build();
        var _ = Calls.at(service, channel -> Calls.keys(channel).put(request));
        return service;
    }

    private List<MemberProcess> founders(ServerProgram program, MemberProcess service, int count) {
        var flags = List.of("--discovery-token=t", "--discovery-endpoints=http://" + service.endpoint());
        return new ArrayList<>(IntStream.rangeClosed(1, count)
                .mapToObj(i -> founding.member(program, "m" + i, flags))
                .toList());
    }

    private static List<String> registered(MemberProcess service) {
        var request = RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8("/_etcd/registry/t/members/"))
                .setRangeEnd(ByteString.copyFromUtf8("/_etcd/registry/t/members0"))
                .build();
        return Calls.at(
                service,
                channel -> Calls.keys(channel).range(request).getKvsList().stream()
                        .map(row -> row.getValue().toStringUtf8())
                        .toList());
    }
}
