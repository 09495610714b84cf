package io.headworks.core.service;

import io.headworks.api.engine.EngineFactory;
import io.headworks.core.connection.Connectors;
import java.time.Clock;

/** The parts this program was put together from. */
public record Setup(Connectors connectors, EngineFactory engines, Clock clock, String version) {}
