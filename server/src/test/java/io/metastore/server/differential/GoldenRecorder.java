package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.metastore.server.process.ServerProgram;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// Records what the real etcd answers, over what was recorded before. A tool rather than a test: its name keeps it
/// out of the build.
///
///     mvn verify -Dit.test=GoldenRecorder -Detcd.program=/path/etcd
///     … -Ddifferential.only=^watch                   only the scripts whose name this pattern finds
///     … -Ddifferential.at.once=1                     no two cases at the same time, as clusters want it
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoldenRecorder {
    private static final Pattern ONLY = Pattern.compile(System.getProperty("differential.only", ""));

    private static final int AT_ONCE = Integer.getInteger("differential.at.once", Plays.MANY);

    private final Corpus corpus = new Corpus(Path.of("src/test/resources/differential"));
    private final Servers servers = etcd();

    /// On a store that nobody has used, whatever the script says.
    private final Plays first = new Plays(servers::playFresh, AT_ONCE);

    private final Plays second = new Plays(servers::play, AT_ONCE);

    @AfterAll
    void closeServers() {
        first.close();
        second.close();
        servers.close();
    }

    @TestFactory
    Stream<DynamicTest> record() {
        var scripts = corpus.scripts().stream()
                .filter(script -> ONLY.matcher(script.name()).find())
                .toList();
        var cases = scripts.stream().flatMap(script -> script.cases().stream()).toList();
        first.begin(cases);
        second.begin(cases);
        return scripts.stream().map(script -> dynamicTest(script.name(), () -> record(script)));
    }

    /// A case that etcd itself answers in two ways is a mistake in the case.
    private void record(Script script) throws InterruptedException {
        var transcripts = new LinkedHashMap<String, String>();
        for (var each : script.cases()) {
            var transcript = first.transcript(each);
            assertThat(second.transcript(each)).as("the same case once more").isEqualTo(transcript);
            transcripts.put(each.label(), transcript);
        }
        corpus.record(script, transcripts);
    }

    private static Servers etcd() {
        var etcd = ServerUnderTest.process(
                ServerProgram.etcd()
                        .orElseThrow(() -> new IllegalStateException("name the real etcd: -Detcd.program=/path/etcd")),
                new DistinctPorts());
        return new Servers(etcd, etcd);
    }
}
