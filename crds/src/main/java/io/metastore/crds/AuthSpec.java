package io.metastore.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import org.jspecify.annotations.Nullable;

/// Users and passwords.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuthSpec(
        @Default("false") @JsonPropertyDescription("Whether clients must say who they are.")
        Boolean enabled,

        @JsonPropertyDescription(
                "Secret with username and password of the user root; the operator makes <cluster>-root when not set.")
        @Nullable NamedReference rootSecretRef,

        @JsonPropertyDescription("Secret with a user of MySQL for each key, and the password as value.") @Nullable NamedReference mysqlUsersSecretRef) {}
