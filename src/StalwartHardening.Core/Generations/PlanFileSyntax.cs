using StalwartHardening.Plans;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Plans and snapshots: operations in JSON, one a line.</summary>
/// <param name="target">The server that they are for.</param>
public sealed class PlanFileSyntax(ReadingTarget target) : ISettingsSyntax
{
    /// <inheritdoc/>
    public SettingsDocument Read(string text, CancellationToken cancellationToken = default) =>
        PlanReading.Read(text, PlanGeneration.OptionsFor(target), cancellationToken).Document;

    /// <inheritdoc/>
    public IReadOnlyList<TextChange>? Write(string text, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken = default) => null;
}
