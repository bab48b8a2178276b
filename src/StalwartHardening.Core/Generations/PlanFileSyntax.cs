using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Plans and snapshots: operations in JSON, one a line.</summary>
internal sealed class PlanFileSyntax : ISettingsSyntax
{
    private readonly PlanRunOptions _options;

    /// <summary>Creates the syntax.</summary>
    /// <param name="target">The server that the plans are for.</param>
    public PlanFileSyntax(ReadingTarget target)
        : this(PlanGeneration.OptionsFor(target))
    {
    }

    internal PlanFileSyntax(PlanRunOptions options) => _options = options;

    /// <inheritdoc/>
    public SettingsDocument Read(string text, CancellationToken cancellationToken = default) =>
        PlanReading.Read(text, _options, cancellationToken).Document;

    /// <inheritdoc/>
    public IReadOnlyList<TextChange>? Write(string text, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken = default) =>
        new PlanWriter(_options).Write(text, edits, cancellationToken);
}
