package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who may open connections to the members. Between members only members may.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkPolicySpec(
        @Default("false") @JsonPropertyDescription("Whether there is a policy.")
        Boolean enabled,

        @JsonPropertyDescription("Where clients may come from; everywhere when empty.") @Size(max = 32) List<Source> clientFrom) {
    /// As in a NetworkPolicy.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "has(self.ipBlock) != (has(self.podSelector) || has(self.namespaceSelector))",
            message = "either ipBlock or selectors say where clients may come from")
    public record Source(
            @JsonPropertyDescription("Pods, in namespaces that namespaceSelector chooses or in the cluster's own.")
            @Nullable Selector podSelector,

            @JsonPropertyDescription("Namespaces.") @Nullable Selector namespaceSelector,

            @JsonPropertyDescription("Addresses; without selectors.") @Nullable IpBlock ipBlock) {}

    /// Objects by their labels.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Selector(
            @JsonPropertyDescription("Labels that all must have.") @Size(max = 32) Map<String, String> matchLabels,

            @JsonPropertyDescription("Further conditions, which all must hold.") @Size(max = 16) List<Expression> matchExpressions) {

        public Selector {
            matchLabels = Absent.asEmpty(matchLabels);
            matchExpressions = Absent.asEmpty(matchExpressions);
        }
    }
    /// A condition on a label.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "(self.operator in ['In', 'NotIn']) == (has(self.values) && size(self.values) > 0)",
            message = "values are needed with In and NotIn, and only then",
            fieldPath = ".values")
    public record Expression(
            @Required @JsonPropertyDescription("The label.") @Size(max = 317) String key,

            @Required @JsonPropertyDescription("How its value is compared.")
            Relation operator,

            @JsonPropertyDescription("Values, with In and NotIn.") @Size(max = 32) List<String> values) {

        public Expression {
            values = Absent.asEmpty(values);
        }
    }
    /// As in a label selector.
    public enum Relation {
        @JsonProperty("In")
        IN,
        @JsonProperty("NotIn")
        NOT_IN,
        @JsonProperty("Exists")
        EXISTS,
        @JsonProperty("DoesNotExist")
        DOES_NOT_EXIST
    }
    /// Addresses.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record IpBlock(
            @Required
            @JsonPropertyDescription("The addresses, for example 10.0.0.0/8.")
            @Pattern("^[0-9a-fA-F.:]+/[0-9]{1,3}$") @Size(max = 64) String cidr,

            @JsonPropertyDescription("Those among them that are not meant.") @Size(max = 32) List<String> except) {

        public IpBlock {
            except = Absent.asEmpty(except);
        }
    }

    public NetworkPolicySpec {
        clientFrom = Absent.asEmpty(clientFrom);
    }
}
