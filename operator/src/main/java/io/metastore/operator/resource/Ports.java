package io.metastore.operator.resource;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.metastore.operator.model.Role;
import java.util.List;

/// The ports of a member. A witness has none for clients.
final class Ports {
    private Ports() {}

    static List<ContainerPort> of(Role role) {
        var peers = port("peers", Names.PEER_PORT);
        var health = port("health", Names.HEALTH_PORT);
        return switch (role) {
            case VOTER, LEARNER -> List.of(port("etcd", Names.CLIENT_PORT), peers, health);
            case WITNESS -> List.of(peers, health);
        };
    }

    private static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .withProtocol("TCP")
                .build();
    }
}
