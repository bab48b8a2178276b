using Microsoft.CodeAnalysis;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>A server as one way through a program writes it.</summary>
/// <param name="Document">Its settings.</param>
/// <param name="Writes">Which call wrote which of them; empty where nobody wanted to know.</param>
/// <param name="Body">The member in which the way begins.</param>
internal sealed record WrittenServer(SettingsDocument Document, IReadOnlyList<SettingWrite> Writes, SyntaxNode Body)
{
    /// <summary>Which call wrote what into each server that was built first and is a part of this one; empty where nobody wanted to know.</summary>
    public IReadOnlyList<IReadOnlyList<SettingWrite>> Layers { get; init; } = [];

    /// <summary>Where sight of it, or of a part of it, was lost.</summary>
    public IReadOnlyList<LostSight> Lost { get; init; } = [];

    /// <summary>The switches of other assemblies that were taken to be on or off.</summary>
    public IReadOnlyList<FixedSwitch> Switches { get; init; } = [];

    /// <summary>The plan, where it is one: places in it lead back to spans of the program. Its settings are those of the server it leaves behind.</summary>
    public DraftText? Plan { get; init; }

    /// <summary>The server that the plan leaves behind, read as the tool and the server read it.</summary>
    /// <param name="judgement">What it is judged under.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidOperationException">It is no plan.</exception>
    public ServerConfiguration ReadPlan(JudgementOptions judgement, CancellationToken cancellationToken)
    {
        if (Plan is null)
            throw new InvalidOperationException("This server is not written by a plan.");
        var target = PlanGeneration.Instance.Reads(judgement.TargetVersion) ? judgement.Target : judgement.Target with { Version = PlanGeneration.Instance.Newest };
        return Generation.ReadServer(PlanGeneration.ReadPlan(Plan.Text, target, cancellationToken).Document, judgement.TargetVersion);
    }

    /// <summary>Whether a text that the program reads is in it.</summary>
    public bool HasText { get; init; }

    /// <summary>Whether the program was seen to begin it; false for one that came from elsewhere.</summary>
    public bool IsBegun { get; init; }
}

/// <summary>One setting being written; a later one replaces an earlier one with the same key.</summary>
/// <param name="Key">The full flat key.</param>
/// <param name="Value">What was written.</param>
/// <param name="Site">Who wrote it.</param>
internal readonly record struct SettingWrite(string Key, string Value, WriteSite Site);

/// <summary>A call that writes settings.</summary>
/// <param name="Call">The call.</param>
/// <param name="Scope">What the keys begin with, without the final dot; empty for the server itself.</param>
/// <param name="KeyTemplate">The key, as the annotation says it.</param>
/// <param name="ValueTemplate">The value, as the annotation says it.</param>
internal readonly record struct WriteSite(SyntaxNode Call, string Scope, string KeyTemplate, string ValueTemplate);
