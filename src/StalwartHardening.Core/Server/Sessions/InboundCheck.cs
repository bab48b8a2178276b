using StalwartHardening.Settings;

namespace StalwartHardening.Server.Sessions;

/// <summary>A check of incoming mail that is switched off.</summary>
/// <param name="Setting">The setting that does it.</param>
/// <param name="What">What it switches off.</param>
/// <param name="Consequence">What follows; half a sentence.</param>
internal sealed record InboundCheck(Setting Setting, string What, string Consequence);
