package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.metastore.server.process.ServerProgram;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Every script of the corpus against our server.
///
///     mvn verify -Dit.test=DifferentialIT                      the answers are those recorded from the real etcd
///     … -Detcd.program=/path/etcd                              the answers are those of this etcd, asked at the same
/// time
///     … -Detcd.program=/path/etcd -Dgolden.update=true         records what this etcd answers, and asks each case
/// twice
///     … -Ddifferential.only=^watch                             only the scripts whose name this pattern finds
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialIT {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final Pattern ONLY = Pattern.compile(System.getProperty("differential.only", ""));

    private final Corpus corpus = new Corpus(Path.of("src/test/resources/differential"));
    private final Servers servers = new Servers(ServerUnderTest.process(UPDATE ? etcd() : ServerProgram.underTest()));
    private final @Nullable Servers reference = UPDATE
            ? null
            : ServerProgram.etcd()
                    .map(ServerUnderTest::process)
                    .map(Servers::new)
                    .orElse(null);

    @AfterAll
    void closeServers() {
        servers.close();
        if (reference != null) {
            reference.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> theServerAnswersAsEtcd() {
        return corpus.scripts().stream()
                .filter(script -> ONLY.matcher(script.name()).find())
                .map(this::node);
    }

    private DynamicNode node(Script script) {
        if (UPDATE) {
            return dynamicTest("record " + script.name(), () -> record(script));
        }
        return dynamicContainer(
                script.name(), script.cases().stream().map(each -> dynamicTest(each.name(), () -> check(each))));
    }

    private void check(Script.Case each) {
        var expected = reference == null ? corpus.golden(each) : reference.play(each);

        var actual = servers.play(each);

        assertThat(actual).isEqualTo(expected);
    }

    /// A case that etcd itself answers in two ways is a mistake in the case.
    private void record(Script script) {
        var transcripts = new LinkedHashMap<String, String>();
        for (var each : script.cases()) {
            var first = servers.playFresh(each);
            var second = servers.play(each);
            assertThat(second).as("the same case once more").isEqualTo(first);
            transcripts.put(each.label(), first);
        }
        corpus.record(script, transcripts);
    }

    private static ServerProgram etcd() {
        return ServerProgram.etcd()
                .orElseThrow(() -> new IllegalStateException("-Dgolden.update=true needs -Detcd.program=/path/etcd"));
    }
}
