package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.metastore.server.differential.Script.Case;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// What a single member answers in plain text, each of three members answers over TLS. The cases are those that may
/// share a server; see `DifferentialIT` for the others.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecureClusterIT {
    private static final Pattern ONLY = Pattern.compile(System.getProperty("differential.only", ""));

    /// What is answered otherwise in a cluster of one: there all ids of members are its own or unknown, and only a
    /// leader lists leases in the order in which they expire.
    private static final Pattern OF_ONE_MEMBER =
            Pattern.compile("^maintenance/(members|move-leader|alarms-odd)$|^lease/leases$");

    /// The only member leads; with three, another one may.
    private static final Pattern LEADER = Pattern.compile("\\bleader: \\d+");

    private static final int CLUSTERS = 2;

    private final Corpus corpus = new Corpus(Path.of("src/test/resources/differential"));
    private final Set<String> different = corpus.differences().keySet();
    private final DistinctPorts ports = new DistinctPorts();
    private final List<SecureCluster> clusters =
            Stream.generate(() -> SecureCluster.start(ports)).limit(CLUSTERS).toList();
    private final BlockingQueue<SecureCluster> idle = new LinkedBlockingQueue<>(clusters);
    private final Plays plays = new Plays(this::play, Plays.MANY);

    @AfterAll
    void close() {
        plays.close();
        clusters.forEach(SecureCluster::close);
    }

    @TestFactory
    Stream<DynamicNode> everyMemberAnswersOverTlsAsEtcd() {
        var scripts = corpus.scripts().stream()
                .filter(script -> ONLY.matcher(script.name()).find())
                .filter(SecureClusterIT::isPlayedOverTls)
                .toList();
        plays.begin(scripts.stream()
                .flatMap(script -> script.cases().stream())
                .filter(this::isPlayed)
                .toList());
        return scripts.stream()
                .map(script -> dynamicContainer(
                        script.name(),
                        script.cases().stream()
                                .filter(this::isPlayed)
                                .map(each -> dynamicTest(each.name(), () -> compare(each)))));
    }

    private static boolean isPlayedOverTls(Script script) {
        return script.cast().isAlone()
                && !script.isFresh()
                && script.flags().isEmpty()
                && !OF_ONE_MEMBER.matcher(script.name()).find();
    }

    /// Whether the case is one of those that are played here.
    static boolean isPlayedOverTls(Case each) {
        return isPlayedOverTls(each.script()) && !each.restarts();
    }

    private boolean isPlayed(Case each) {
        return !each.restarts() && !different.contains(each.name());
    }

    private void compare(Case each) throws InterruptedException {
        assertThat(anyLeader(plays.ending(each))).isEqualTo(anyLeader(corpus.golden(each)));
    }

    private static String anyLeader(String transcript) {
        return LEADER.matcher(transcript).replaceAll("leader: 1");
    }

    private String play(Case each) {
        try {
            var cluster = idle.take();
            try {
                return cluster.play(each);
            } finally {
                idle.add(cluster);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
