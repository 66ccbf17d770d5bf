package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// One member as it was seen last.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MemberStatus(
        @Required @JsonPropertyDescription("Its name, which is that of its Pod.")
        String name,

        @JsonPropertyDescription("Its number, which is never used again.") @Nullable Long serial,

        @JsonPropertyDescription("Its id in the cluster, in hexadecimal digits.") @Nullable String id,

        @JsonPropertyDescription("What it is in the cluster.") @Nullable Role role,

        @JsonPropertyDescription("What it does in the cluster.") @Nullable RaftState raftState,

        @JsonPropertyDescription("Whether its Pod is ready.") @Nullable Boolean ready,

        @JsonPropertyDescription("Whether it answers, and keeps up.") @Nullable Boolean healthy,

        @JsonPropertyDescription("Version that it runs.") @Nullable String version,

        @JsonPropertyDescription("Node that it runs on.") @Nullable String node,

        @JsonPropertyDescription("Zone of that node.") @Nullable String zone,

        @JsonPropertyDescription("Entry of the log that it has applied.") @Nullable Long appliedIndex,

        @JsonPropertyDescription("How many entries it is behind.") @Nullable Long lag,

        @JsonPropertyDescription("Size of its store.") @Nullable Long dbSizeBytes,

        @JsonPropertyDescription("Size of its log.") @Nullable Long logSizeBytes,

        @JsonPropertyDescription("How long ago the leader heard of it.") @Nullable Long lastContactMillis,

        @JsonPropertyDescription("Its volume claim.") @Nullable String pvc,

        @JsonPropertyDescription(
                "From what its Pod was made; another value than expected means that it is to be restarted.")
        @Nullable String podHash,

        @JsonPropertyDescription("When its certificate ends.") @Nullable String certExpiry,

        @JsonPropertyDescription("Since when it is in this state.") @Nullable String since,

        @JsonPropertyDescription("What is wrong with it, for people.") @Nullable String message) {
    /// What a member is.
    public enum Role {
        @JsonProperty("Voter")
        VOTER,
        @JsonProperty("Witness")
        WITNESS,
        /// It takes over the data and does not vote yet.
        @JsonProperty("Learner")
        LEARNER
    }
    /// What a member does.
    public enum RaftState {
        @JsonProperty("Leader")
        LEADER,
        @JsonProperty("Follower")
        FOLLOWER,
        @JsonProperty("Candidate")
        CANDIDATE
    }
}
