package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the operator has seen. Every field may be absent: nothing is known yet, or an older operator wrote the status.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClusterStatus(
        @JsonPropertyDescription("Which generation of the spec this status is about.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("What the cluster does, in one word.") @Nullable Phase phase,

        @JsonPropertyDescription("Why, and what comes next, for people.") @Nullable String phaseReason,

        @StatusReplicas @JsonPropertyDescription("How many members with data there are.") @Nullable Integer members,

        @JsonPropertyDescription("How many members with data are ready.") @Nullable Integer readyMembers,

        @JsonPropertyDescription("How many members vote, the witness among them.") @Nullable Integer voters,

        @JsonPropertyDescription("How many voters are needed.") @Nullable Integer quorum,

        @LabelSelector @JsonPropertyDescription("Labels of the members' Pods, for the scale subresource.") @Nullable String selector,

        @JsonPropertyDescription("The id of the cluster, in hexadecimal digits.") @Nullable String clusterId,

        @JsonPropertyDescription("Name of the member that leads.") @Nullable String leader,

        @JsonPropertyDescription("Term of the leader.") @Nullable Long term,

        @JsonPropertyDescription("Lowest version that a member runs.") @Nullable String version,

        @JsonPropertyDescription("Version that members are updated to.") @Nullable String targetVersion,

        @JsonPropertyDescription("Version whose features all members use; there is no way back below it.") @Nullable String clusterVersion,

        @JsonPropertyDescription("Version of the operator that wrote this.") @Nullable String operatorVersion,

        @JsonPropertyDescription("Number of the next new member is at least this; no number is used twice.") @Nullable Long nextSerial,

        @JsonPropertyDescription("Where clients reach the cluster.") @Nullable Endpoints endpoints,

        @JsonPropertyDescription("Names of Secrets that clients need.") @Nullable Secrets secrets,

        @JsonPropertyDescription("Each member.") List<MemberStatus> memberStatuses,

        @JsonPropertyDescription("The restart of all members that goes on.") @Nullable UpdateStatus update,

        @JsonPropertyDescription("The volumes.") @Nullable VolumeStatus storage,

        @JsonPropertyDescription("The certificates.") @Nullable CertificateStatus certificates,

        @JsonPropertyDescription("What is true about the cluster, and why.")
        List<Condition> conditions) {
    public ClusterStatus {
        memberStatuses = Absent.asEmpty(memberStatuses);
        conditions = Absent.asEmpty(conditions);
    }
    /// What the cluster does.
    public enum Phase {
        /// Nothing has been made yet.
        @JsonProperty("Pending")
        PENDING,
        @JsonProperty("Bootstrapping")
        BOOTSTRAPPING,
        @JsonProperty("Ready")
        READY,
        @JsonProperty("Scaling")
        SCALING,
        @JsonProperty("Updating")
        UPDATING,
        /// It serves, and something needs care.
        @JsonProperty("Degraded")
        DEGRADED,
        /// It cannot serve.
        @JsonProperty("NoQuorum")
        NO_QUORUM,
        @JsonProperty("Paused")
        PAUSED,
        @JsonProperty("Hibernated")
        HIBERNATED,
        /// The operator can do nothing without a person.
        @JsonProperty("Failed")
        FAILED
    }
    /// Where clients reach the cluster.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Endpoints(
            @JsonPropertyDescription("Host and port of etcd's API.") @Nullable String etcd,

            @JsonPropertyDescription("Host and port of MySQL.") @Nullable String mysql,

            @JsonPropertyDescription("URL of HTTP.") @Nullable String http,

            @JsonPropertyDescription("Host and port of etcd's API on the leader.") @Nullable String leader) {}
    /// Names of Secrets.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Secrets(
            @JsonPropertyDescription("Username and password of the user root.") @Nullable String root,

            @JsonPropertyDescription("The authorities that clients should trust.") @Nullable String ca,

            @JsonPropertyDescription("A certificate for clients.") @Nullable String clientCert) {}
    /// A restart of all members, one at a time.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record UpdateStatus(
            @JsonPropertyDescription("Version before.") @Nullable String from,

            @JsonPropertyDescription("Version after.") @Nullable String to,

            @JsonPropertyDescription("Why members are restarted.") @Nullable String reason,

            @JsonPropertyDescription("When it began.") @Nullable String startedAt,

            @JsonPropertyDescription("How many members are done.") @Nullable Integer updated,

            @JsonPropertyDescription("How many there are.") @Nullable Integer total,

            @JsonPropertyDescription("The member that is restarted now.") @Nullable String current) {}
    /// The volumes.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record VolumeStatus(
            @JsonPropertyDescription("Volume claims that grow.")
            List<String> resizing) {
        public VolumeStatus {
            resizing = Absent.asEmpty(resizing);
        }
    }
    /// The certificates.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record CertificateStatus(
            @JsonPropertyDescription("When the authority ends.") @Nullable String caExpiry,

            @JsonPropertyDescription("How many authorities there have been.") @Nullable Long caGeneration,

            @JsonPropertyDescription("When the next certificate is renewed.") @Nullable String nextRotation) {}
}
