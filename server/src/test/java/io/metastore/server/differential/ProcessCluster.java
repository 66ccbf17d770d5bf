package io.metastore.server.differential;

import etcdserverpb.MaintenanceGrpc;
import etcdserverpb.StatusRequest;
import etcdserverpb.StatusResponse;
import io.grpc.StatusRuntimeException;
import io.metastore.server.differential.Script.Cast;
import io.metastore.server.process.DataFolder;
import io.metastore.server.process.MemberProcess;
import io.metastore.server.process.ServerProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// A cluster whose members are processes: m1 to mN, those that vote first. The voters found it and run from the
/// beginning; a learner's addresses are known, but the script adds and starts it.
final class ProcessCluster implements ServerUnderTest.Running {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FIRST = "m1";

    private record Seat(String name, String endpoint, String peerUrl) {}

    private final ServerProgram program;
    private final DataFolder folder = DataFolder.create("differential-");
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Map<String, MemberProcess> members = new HashMap<>();
    private final Map<String, String> roles = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final Cast cast;
    private final List<String> flags;

    private ProcessCluster(ServerProgram program, DistinctPorts free, Cast cast, List<String> flags) {
        this.program = program;
        this.cast = cast;
        this.flags = flags;
        for (int i = 1; i <= cast.voters() + cast.learners(); i++) {
            var ports = free.takeTwo();
            seats.put("m" + i, new Seat("m" + i, "127.0.0.1:" + ports.get(0), "http://127.0.0.1:" + ports.get(1)));
        }
    }

    /// Returns when all voters serve clients.
    static ProcessCluster start(ServerProgram program, DistinctPorts free, Cast cast, List<String> flags) {
        var cluster = new ProcessCluster(program, free, cast, flags);
        try {
            var voters = IntStream.rangeClosed(1, cast.voters())
                    .mapToObj(number -> cluster.member("m" + number))
                    .toList();
            voters.forEach(MemberProcess::start);
            voters.forEach(voter -> voter.awaitReady(PATIENCE));
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public Address address() {
        return address(FIRST);
    }

    @Override
    public Address address(String who) {
        return Address.plain(seat(who).endpoint());
    }

    /// The name itself; or who led when the script first said `leader`; or the first voter that did not lead when
    /// the script first said `follower`.
    @Override
    public String resolve(String who) {
        return switch (who) {
            case "leader" -> roles.computeIfAbsent(who, _ -> leader());
            case "follower" -> {
                var leader = resolve("leader");
                yield roles.computeIfAbsent(who, _ -> follower(leader));
            }
            default -> seat(who).name();
        };
    }

    /// `peer_m2` is the URL for the peers of m2.
    @Override
    public Map<String, String> variables() {
        return seats.values().stream().collect(Collectors.toMap(seat -> "peer_" + seat.name(), Seat::peerUrl));
    }

    @Override
    public void befall(Step.Act act, String who) {
        switch (act) {
            case HALT -> member(who).kill();
            case START -> {
                member(who).start();
                member(who).awaitReady(PATIENCE);
            }
            case PAUSE -> {
                member(who).pause();
                paused.add(who);
            }
            case RESUME -> {
                paused.remove(who);
                member(who).resume();
            }
        }
    }

    @Override
    public void restart(boolean killed) {
        throw new IllegalArgumentException("of a cluster a script halts and starts members by their names");
    }

    @Override
    public void close() {
        members.values().forEach(MemberProcess::close);
        folder.close();
    }

    private Seat seat(String name) {
        return Optional.ofNullable(seats.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no member " + name + " among " + seats.keySet()));
    }

    private MemberProcess member(String name) {
        return members.computeIfAbsent(name, _ -> create(seat(name)));
    }

    private MemberProcess create(Seat seat) {
        int number = Integer.parseInt(seat.name().substring(1));
        boolean founds = number <= cast.voters();
        var known = seats.values().stream()
                .limit(founds ? cast.voters() : number)
                .map(each -> each.name() + "=" + each.peerUrl())
                .collect(Collectors.joining(","));
        var all = new ArrayList<>(List.of(
                "--name=" + seat.name(),
                "--data-dir=" + folder.path().resolve(seat.name()),
                "--listen-client-urls=http://" + seat.endpoint(),
                "--advertise-client-urls=http://" + seat.endpoint(),
                "--listen-peer-urls=" + seat.peerUrl(),
                "--initial-advertise-peer-urls=" + seat.peerUrl(),
                "--initial-cluster=" + known,
                "--initial-cluster-state=" + (founds ? "new" : "existing")));
        all.addAll(flags);
        return new MemberProcess(
                seat.name(), program.with(all), seat.endpoint(), folder.path().resolve(seat.name() + ".log"));
    }

    private String leader() {
        return Awaitility.await("a member that says of itself that it leads")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> awake().stream().filter(this::leads).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private String follower(String leader) {
        return awake().stream()
                .filter(name -> !name.equals(leader))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody follows " + leader));
    }

    /// Voters that run and do not stand still.
    private List<String> awake() {
        return seats.keySet().stream()
                .limit(cast.voters())
                .filter(name -> member(name).alive() && !paused.contains(name))
                .toList();
    }

    private boolean leads(String name) {
        return status(name)
                .filter(status -> status.getLeader() == status.getHeader().getMemberId())
                .isPresent();
    }

    private Optional<StatusResponse> status(String name) {
        var channel = address(name).connect();
        try {
            return Optional.of(MaintenanceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .status(StatusRequest.getDefaultInstance()));
        } catch (StatusRuntimeException _) {
            return Optional.empty(); // Not up yet; it is asked again.
        } finally {
            channel.shutdownNow();
        }
    }
}
