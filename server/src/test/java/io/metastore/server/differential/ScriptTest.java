package io.metastore.server.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void aScriptWithoutATableIsOneCase() {
        var cases = Script.parse("kv/one", "# a comment\n\nPut key: \"a\"\n  value: \"1\"\n")
                .cases();

        assertThat(cases).singleElement().satisfies(only -> {
            assertThat(only.name()).isEqualTo("kv/one");
            assertThat(only.steps())
                    .containsExactly(
                            new Step.Call("Put key: \"a\" value: \"1\"", Map.of(), "Put", "key: \"a\" value: \"1\""));
        });
    }

    @Test
    void theTableIsTheProductOfItsColumns() {
        var cases = Script.parse("kv/table", "cases limit=1|2 end=|z\nRange limit: ${limit} range_end: \"${end}\"")
                .cases();

        assertThat(cases)
                .extracting(Script.Case::name)
                .containsExactly(
                        "kv/table limit=1 end=",
                        "kv/table limit=1 end=z",
                        "kv/table limit=2 end=",
                        "kv/table limit=2 end=z");
        assertThat(cases.getLast().steps().getFirst().source()).isEqualTo("Range limit: 2 range_end: \"z\"");
    }

    @Test
    void theHeadSaysWhichServerTheCasesNeed() {
        var script = Script.parse("x/head", "store fresh\nflags --a=${n} --b=2\ncases n=1|2\nStatus");

        assertThat(script.fresh()).isTrue();
        assertThat(script.cases())
                .extracting(Script.Case::flags)
                .containsExactly(List.of("--a=1", "--b=2"), List.of("--a=2", "--b=2"));
    }

    @Test
    void aLoopIsAsManySteps() {
        var steps = Script.parse("x/loop", "for k in 09..11: Put key: \"${k}\"")
                .cases()
                .getFirst()
                .steps();

        assertThat(steps)
                .extracting(Step::source)
                .containsExactly("Put key: \"09\"", "Put key: \"10\"", "Put key: \"11\"");
    }

    @Test
    void metadataStandsBeforeTheCall() {
        var steps = Script.parse("x/with", "with hasleader=true token=: Put key: \"a\"")
                .cases()
                .getFirst()
                .steps();

        assertThat(steps)
                .containsExactly(new Step.Call(
                        "with hasleader=true token=: Put key: \"a\"",
                        Map.of("hasleader", "true", "token", ""),
                        "Put",
                        "key: \"a\""));
    }

    @Test
    void whatIsNoStepIsAnErrorThatNamesTheScript() {
        var script = Script.parse("kv/wrong", "recieve w");

        assertThatThrownBy(script::cases)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kv/wrong")
                .hasMessageContaining("recieve w");
    }

    @Test
    void aScriptWithoutStepsIsAnError() {
        assertThatThrownBy(() -> Script.parse("kv/empty", "# nothing\nstore fresh"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
