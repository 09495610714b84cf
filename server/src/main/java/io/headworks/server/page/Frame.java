package io.headworks.server.page;

import io.headworks.core.spec.Problem;
import io.headworks.core.spec.Project;
import io.headworks.server.access.Role;
import io.headworks.server.route.Exchange;
import io.headworks.server.view.Platform;
import io.headworks.server.view.ProjectFolder;
import java.util.List;

/**
 * What stands around every page.
 *
 * @param section which part of the navigation it belongs to
 * @param csrf what forms bring along; empty for a caller that is no browser
 * @param errors of the project's files as they are now
 */
public record Frame(
        String title,
        String section,
        String project,
        String environment,
        String caller,
        Role role,
        String csrf,
        String version,
        List<Problem> errors) {
    public Frame {
        errors = List.copyOf(errors);
    }

    static Frame of(String title, String section, Exchange exchange, Platform platform) {
        ProjectFolder.Now now = platform.files();
        Project project = now.project();
        String csrf = exchange.caller().csrf();
        return new Frame(
                title,
                section,
                project == null ? "" : project.name(),
                project == null ? "" : project.environment().name(),
                exchange.caller().name(),
                exchange.caller().role(),
                csrf == null ? "" : csrf,
                platform.version(),
                now.errors());
    }

    /** True when forms that change something are shown. */
    public boolean mayOperate() {
        return role.includes(Role.OPERATOR);
    }

    public boolean mayAdminister() {
        return role.includes(Role.ADMIN);
    }

    /** For the navigation: what is said of its link to a section. */
    public String current(String other) {
        return other.equals(section) ? "page" : "false";
    }
}
