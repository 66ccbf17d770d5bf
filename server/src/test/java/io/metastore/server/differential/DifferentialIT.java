package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.metastore.server.process.ServerProgram;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Every script of the corpus against our server.
///
///     mvn verify -Dit.test=DifferentialIT                the answers are those recorded from the real etcd
///     … -Detcd.program=/path/etcd                        the answers are those of this etcd, at the same time
///     … -Detcd.program=/path/etcd -Dgolden.update=true   records what this etcd answers, each case twice
///     … -Ddifferential.only=^watch                       only the scripts whose name this pattern finds
///
/// What a case has for itself runs inside this JVM on the memory engine, all else as processes on the standard
/// one; with `-Dmetastore.program` everything is a process.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DifferentialIT {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final Pattern ONLY = Pattern.compile(System.getProperty("differential.only", ""));

    private final Corpus corpus = new Corpus(Path.of("src/test/resources/differential"));

    /// Scripts in which our server is known to answer differently; each is named with the reason.
    private final Set<String> different = corpus.differences().keySet();

    private final Servers servers = UPDATE ? processes(etcd()) : ours();
    private final @Nullable Servers reference =
            UPDATE ? null : ServerProgram.etcd().map(DifferentialIT::processes).orElse(null);

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
                .filter(script -> UPDATE || ServerProgram.isChosen() || !different.contains(script.name()))
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

    private static Servers ours() {
        var program = ServerProgram.underTest();
        return ServerProgram.isChosen()
                ? processes(program)
                : new Servers(ServerUnderTest.process(program), ServerUnderTest.inProcess());
    }

    private static Servers processes(ServerProgram program) {
        var process = ServerUnderTest.process(program);
        return new Servers(process, process);
    }

    private static ServerProgram etcd() {
        return ServerProgram.etcd()
                .orElseThrow(() -> new IllegalStateException("-Dgolden.update=true needs -Detcd.program=/path/etcd"));
    }
}
