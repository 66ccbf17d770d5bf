package io.metastore.operator.config;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The operator's settings, all of them variables of the environment.
///
/// @param namespaces that are watched; all when empty
/// @param serverImage repository of the server's image; its tag is the version in a cluster's spec
/// @param leaseName of the Lease by which several operators agree on one
/// @param identity of this operator among them; empty for a process that is alone
/// @param leaseNamespace where the Lease is
/// @param healthPort 1 to 65535, or 0 for any
public record OperatorConfig(
        Set<String> namespaces,
        String serverImage,
        String leaseName,
        String identity,
        String leaseNamespace,
        int healthPort) {
    /// What `--help` prints.
    public static final String HELP = """
            metastore-operator looks after MetaStoreClusters. It takes no arguments; its settings are variables:

              METASTORE_WATCH_NAMESPACES  namespaces with a comma between them; all when empty
              METASTORE_SERVER_IMAGE      repository of the server's image, metastore-server
              METASTORE_LEASE_NAME        the Lease by which operators agree on one, metastore-operator
              METASTORE_HEALTH_PORT       of /healthz and /livez, 9090
              POD_NAME                    of this operator among several; empty for one that is alone
              POD_NAMESPACE               where the Lease is, default
            """;

    private static final int HIGHEST_PORT = 65_535;

    public OperatorConfig {
        namespaces = Set.copyOf(namespaces);
    }

    /// Reads the variables that begin with `METASTORE_`, and `POD_NAME` and `POD_NAMESPACE`.
    ///
    /// @throws IllegalArgumentException when a value cannot be used; it names the variable
    public static OperatorConfig of(Map<String, String> environment) {
        var known = Set.of(
                "METASTORE_WATCH_NAMESPACES",
                "METASTORE_SERVER_IMAGE",
                "METASTORE_LEASE_NAME",
                "METASTORE_HEALTH_PORT");
        environment.keySet().stream()
                .filter(name -> name.startsWith("METASTORE_") && !known.contains(name))
                .filter(name -> !isServiceLink(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(name + " is no setting of the operator; there are "
                            + known.stream().sorted().toList());
                });
        return new OperatorConfig(
                Arrays.stream(environment
                                .getOrDefault("METASTORE_WATCH_NAMESPACES", "")
                                .split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet()),
                environment.getOrDefault("METASTORE_SERVER_IMAGE", "metastore-server"),
                environment.getOrDefault("METASTORE_LEASE_NAME", "metastore-operator"),
                environment.getOrDefault("POD_NAME", ""),
                environment.getOrDefault("POD_NAMESPACE", "default"),
                port(environment.getOrDefault("METASTORE_HEALTH_PORT", "9090")));
    }

    /// Kubernetes tells every Pod of the Services in its namespace by variables; one named metastore
    /// makes some of these.
    private static boolean isServiceLink(String name) {
        return name.matches("METASTORE_(.*_)?(SERVICE_(HOST|PORT.*)|PORT(_.*)?)")
                && !name.equals("METASTORE_HEALTH_PORT");
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= HIGHEST_PORT) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("METASTORE_HEALTH_PORT must be a port, at most 65535: " + text);
    }
}
