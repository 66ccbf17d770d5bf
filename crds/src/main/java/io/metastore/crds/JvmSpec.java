package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// The Java machine of the members.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.options) || self.options.all(option, option.startsWith('-'))",
        message = "options of the java command begin with a dash",
        fieldPath = ".options")
public record JvmSpec(
        @Default("50")
        @JsonPropertyDescription(
                "How much of the memory limit is heap. The rest is for the store, for buffers and for the"
                        + " machine itself.")
        @Min(25) @Max(80) Integer heapPercent,

        @JsonPropertyDescription("Further options of the java command, one each.") @Size(max = 64) List<String> options) {

    public JvmSpec {
        options = Absent.asEmpty(options);
    }
}
