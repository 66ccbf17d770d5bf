package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What can be said of the corpus without a server.
class CorpusTest {
    private final Corpus corpus = new Corpus(Path.of("src/test/resources/differential"));
    private final List<Script.Case> cases =
            corpus.scripts().stream().flatMap(script -> script.cases().stream()).toList();

    @Test
    void everyCaseHasANameOfItsOwn() {
        assertThat(cases).extracting(Script.Case::name).doesNotHaveDuplicates();
    }

    @Test
    void everyCaseWasRecordedFromTheRealEtcd() {
        assertThat(cases).hasSizeGreaterThan(300);
        for (var each : cases) {
            assertThat(corpus.golden(each)).as(each.name()).contains("> ");
        }
    }

    @Test
    void everyKnownDifferenceNamesACaseAndAReason() {
        assertThat(cases)
                .extracting(Script.Case::name)
                .containsAll(corpus.differences().keySet());
        assertThat(corpus.differences())
                .allSatisfy((_, reason) -> assertThat(reason).isNotBlank());
    }

    @Test
    void everyCallNamesAMethod() {
        assertThat(cases)
                .flatExtracting(Script.Case::steps)
                .filteredOn(Step.Call.class::isInstance)
                .allSatisfy(step -> assertThat(
                                Methods.named(((Step.Call) step).method()).input())
                        .isNotNull());
    }

    /// Etcd writes it some seconds after its start: told before, it is another one.
    @Test
    void everyStorageVersionThatIsShownWasWaitedFor() {
        assertThat(cases)
                .filteredOn(each -> corpus.golden(each).contains("storageVersion"))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(corpus.golden(each))
                        .containsPattern("> (at \\w+: )?(await|until) \"?storageVersion"));
    }

    @Test
    void everyAreaOfTheApiIsThere() {
        assertThat(cases)
                .extracting(each -> each.script().name().split("/", -1)[0])
                .contains("kv", "txn", "watch", "lease", "compact", "hash", "maintenance", "errors", "limits");
    }
}
