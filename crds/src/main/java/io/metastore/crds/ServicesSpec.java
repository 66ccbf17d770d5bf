package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Under which names and ports clients reach the members.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!self.http.enabled || self.http.port != 2379",
        message = "port 2379 is that of etcd's API",
        fieldPath = ".http")
public record ServicesSpec(
        @Default("{}") @JsonPropertyDescription("Service <cluster>-client: etcd's API on port 2379, and HTTP.")
        Client client,

        @Default("{}") @JsonPropertyDescription("Service <cluster>-mysql.")
        Mysql mysql,

        @Default("{}") @JsonPropertyDescription("HTTP on the Service <cluster>-client.")
        Http http,

        @Default("{}") @JsonPropertyDescription("Service <cluster>-leader: the leader alone.")
        Leader leader,

        @Default("{}") @JsonPropertyDescription("A Service for each member.")
        PerMember perMember) {
    /// The Service <cluster>-client.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @ValidationRule(
            value = "!has(self.loadBalancerClass) || self.type == 'LoadBalancer'",
            message = "loadBalancerClass needs type LoadBalancer",
            fieldPath = ".loadBalancerClass")
    @ValidationRule(
            value = "!has(self.externalTrafficPolicy) || self.type != 'ClusterIP'",
            message = "externalTrafficPolicy needs type NodePort or LoadBalancer",
            fieldPath = ".externalTrafficPolicy")
    public record Client(
            @Default("ClusterIP") @JsonPropertyDescription("Type of the Service.")
            ServiceType type,

            @JsonPropertyDescription("Further annotations of the Service.") @Size(max = 64) Map<String, String> annotations,

            @JsonPropertyDescription("Further labels of the Service.") @Size(max = 64) Map<String, String> labels,

            @JsonPropertyDescription("Which load balancer serves it; only with type LoadBalancer.")
            @Size(max = 317) @Nullable String loadBalancerClass,

            @JsonPropertyDescription(
                    "Whether connections from outside go to members on the same node only; not with type ClusterIP.")
            @Nullable ExternalTrafficPolicy externalTrafficPolicy,

            @JsonPropertyDescription("Which members are preferred, for example PreferClose.") @Size(max = 63) @Nullable String trafficDistribution) {

        public Client {
            annotations = Absent.asEmpty(annotations);
            labels = Absent.asEmpty(labels);
        }
    }
    /// The Service <cluster>-mysql.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Mysql(
            @Default("false") @JsonPropertyDescription("Whether there is one.")
            Boolean enabled,

            @Default("ClusterIP") @JsonPropertyDescription("Type of the Service.")
            ServiceType type,

            @Default("3306") @JsonPropertyDescription("Port of the Service.") @Min(1) @Max(65535) Integer port,

            @JsonPropertyDescription("Further annotations of the Service.") @Size(max = 64) Map<String, String> annotations) {

        public Mysql {
            annotations = Absent.asEmpty(annotations);
        }
    }
    /// HTTP on the Service <cluster>-client.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Http(
            @Default("false") @JsonPropertyDescription("Whether HTTP is served.")
            Boolean enabled,

            @Default("9121") @JsonPropertyDescription("Port of the Service.") @Min(1) @Max(65535) Integer port) {}

    /// The Service <cluster>-leader.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Leader(
            @Default("false") @JsonPropertyDescription("Whether there is one.")
            Boolean enabled) {}

    /// A Service for each member.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record PerMember(
            @Default("false") @JsonPropertyDescription("Whether there are any.")
            Boolean enabled,

            @Default("ClusterIP") @JsonPropertyDescription("Type of the Services.")
            ServiceType type,

            @JsonPropertyDescription("Annotations of the Services; {member} in a value becomes the name of the member.")
            @Size(max = 64) Map<String, String> annotations) {

        public PerMember {
            annotations = Absent.asEmpty(annotations);
        }
    }
    /// As in a Service.
    public enum ServiceType {
        @JsonProperty("ClusterIP")
        CLUSTER_IP,
        @JsonProperty("NodePort")
        NODE_PORT,
        @JsonProperty("LoadBalancer")
        LOAD_BALANCER
    }
    /// As in a Service.
    public enum ExternalTrafficPolicy {
        @JsonProperty("Cluster")
        CLUSTER,
        @JsonProperty("Local")
        LOCAL
    }
}
