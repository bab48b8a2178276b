using StalwartHardening.Settings;

namespace StalwartHardening.Migration;

/// <summary>What became of one setting.</summary>
/// <param name="Setting">The setting, as the file says it.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Note">What to know or to do, in sentences without secrets; empty where there is nothing to say.</param>
/// <param name="Targets">The fields that say it in the plan, in the names of the server's objects: <c>NetworkListener/imap/bind</c>.</param>
internal sealed record MigratedSetting(Setting Setting, MigrationOutcome Outcome, string Note, IReadOnlyList<string> Targets);

/// <summary>What becomes of a setting when a server moves to 0.16.</summary>
internal enum MigrationOutcome
{
    /// <summary>The plan says it.</summary>
    Written,

    /// <summary>The plan says it, and it does not mean quite the same any more.</summary>
    Changed,

    /// <summary>It is outside of the server's objects: in its environment, or in <c>config.json</c>.</summary>
    Elsewhere,

    /// <summary>It is to be made anew from what only the database knows.</summary>
    Database,

    /// <summary>Nothing takes its place.</summary>
    NoCounterpart,

    /// <summary>Its value cannot be written: a macro, or what the new server refuses.</summary>
    NotWritable,

    /// <summary>The old server did not read it either.</summary>
    NotRead,
}

/// <summary>A default that the new server has otherwise than the old one, on something the file says nothing about.</summary>
/// <param name="Target">The field: <c>OidcProvider/anonymousClientRegistration</c>.</param>
/// <param name="Old">What held so far, and what the plan writes.</param>
/// <param name="Note">What changed; a sentence.</param>
internal sealed record ChangedDefault(string Target, string Old, string Note);

/// <summary>A line of the plan.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Verb">What it does.</param>
/// <param name="Type">The type of object it does it to.</param>
/// <param name="Settings">The settings it came from, in text order; none where only an old default is kept.</param>
internal sealed record MigratedOperation(int Line, string Verb, string Type, IReadOnlyList<Setting> Settings);
