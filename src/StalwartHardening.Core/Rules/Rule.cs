using System.Globalization;
using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>
/// One thing the package looks for. A rule is stateless: one instance judges many servers, also at the same time.
/// </summary>
internal abstract class Rule
{
    /// <summary>Where the pages of <c>docs/rules</c> are published.</summary>
    public const string HelpLinkBase = "https://github.com/stalwart-hardening/stalwart-hardening/blob/main/docs/rules/";

    /// <summary>States what a rule is called, says and is for.</summary>
    /// <param name="id"><c>SWH</c> and four digits; the first one is the category.</param>
    /// <param name="title">What to do, in a few words, without a full stop.</param>
    /// <param name="message">What is wrong with the value ({0}, {1} ... are the finding's arguments), what follows, what to do; sentences.</param>
    /// <param name="why">Why it matters, for somebody who has never heard of it; sentences.</param>
    /// <param name="remedy">What to do about it; sentences.</param>
    /// <param name="severity">The severity unless somebody says otherwise.</param>
    /// <param name="whyInPlan">Why it matters, in the words of a plan; null where <paramref name="why"/> is in nobody's words in particular.</param>
    /// <param name="remedyInPlan">What to do about it, in the words of a plan; null where <paramref name="remedy"/> is in nobody's.</param>
    protected Rule(string id, string title, string message, string why, string remedy, RuleSeverity severity = RuleSeverity.Warning, string? whyInPlan = null, string? remedyInPlan = null)
    {
        Id = id;
        Title = title;
        MessageFormat = message;
        Why = why;
        Remedy = remedy;
        WhyInPlan = whyInPlan ?? why;
        RemedyInPlan = remedyInPlan ?? remedy;
        Severity = severity;
        Category = (RuleCategory)(id[3] - '0');
    }

    /// <summary><c>SWH</c> and four digits. Never changes meaning.</summary>
    public string Id { get; }

    /// <summary>The name of the rule, that of its class: <c>CleartextImapListener</c>.</summary>
    public string Name => GetType().Name;

    /// <summary>What to do, in a few words.</summary>
    public string Title { get; }

    /// <summary>The message, with {0}, {1} ... for the arguments of a finding.</summary>
    public string MessageFormat { get; }

    /// <summary>Why it matters.</summary>
    public string Why { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    /// <summary>Why it matters, in the words of those who write plans.</summary>
    public string WhyInPlan { get; }

    /// <summary>What to do about it, in the words of those who write plans.</summary>
    public string RemedyInPlan { get; }

    /// <summary>The severity unless somebody says otherwise.</summary>
    public RuleSeverity Severity { get; }

    /// <summary>What the rule is about.</summary>
    public RuleCategory Category { get; }

    /// <summary>The address of the rule's page.</summary>
    public string HelpLink => HelpLinkBase + Id + ".md";

    /// <summary>The first version of the package that has the rule.</summary>
    public virtual string Since => "0.1.0";

    /// <summary>Whether the rule is one of those the package exists for; the <c>strict</c> preset makes them errors.</summary>
    public virtual bool IsHeart => false;

    /// <summary>Whether the rule needs something that not every host has, and stays silent without it.</summary>
    public virtual bool DependsOnHost => false;

    /// <summary>
    /// Whether the rule speaks of programs, never of a configuration by itself. What it reports is found elsewhere already, so no preset makes it louder.
    /// </summary>
    public virtual bool IsAboutPrograms => false;

    /// <summary>Whether the <c>strict</c> preset, and only that, makes a warning of what is information about a program.</summary>
    public virtual bool IsLoudWhereStrict => false;

    /// <summary>Whether the rule reports, once for a server, that something is written nowhere.</summary>
    internal virtual bool IsAboutAbsence => false;

    /// <summary>Why the rule offers no remedy; null for rules that offer one. Having none is a decision.</summary>
    public virtual string? NoRemedyReason => null;

    /// <summary>Reports what the rule finds in <paramref name="server"/>. Never throws, whatever the configuration holds.</summary>
    public abstract void Judge(ServerConfiguration server, Judgement judgement);

    /// <summary>Reports what only shows once every rule has judged. Never throws.</summary>
    internal virtual void Conclude(ServerConfiguration server, Judgement judgement)
    {
    }

    /// <summary>Why a finding in <paramref name="server"/> matters, in the words that its configuration is written in.</summary>
    public string WhyFor(ServerConfiguration server) => server.IsPlan ? WhyInPlan : Why;

    /// <summary>What to do about a finding in <paramref name="server"/>, in the words that its configuration is written in.</summary>
    public string RemedyFor(ServerConfiguration server) => server.IsPlan ? RemedyInPlan : Remedy;

    /// <summary>The ways to end <paramref name="finding"/>, the best first; none where only a person can decide.</summary>
    public virtual IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) => [];

    internal string Message(IReadOnlyList<string> arguments)
    {
        var values = new object[arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = arguments[i];
        return string.Format(CultureInfo.InvariantCulture, MessageFormat, values);
    }
}
