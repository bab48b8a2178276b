using StalwartHardening.Expressions;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Sessions;

/// <summary>
/// What the server demands of SMTP sessions (<c>config/smtp/session.rs</c>, 0.15.5): each rule with the default that holds where
/// nothing is written, or where what is written cannot be read.
/// </summary>
internal sealed class SmtpPolicy
{
    private readonly SmtpRule _require;
    private readonly SmtpRule _mechanisms;
    private readonly SmtpRule _mustMatch;
    private readonly SmtpRule _relay;
    private readonly bool _hasStrictDefaults;

    // hasStrictDefaults: whether log-in is asked for everywhere but on port 25, and those who have logged in may relay, where nothing is written.
    internal SmtpPolicy(SmtpRule require, SmtpRule mechanisms, SmtpRule mustMatch, SmtpRule relay, SmtpRule verifyAddress, SmtpRule expandList, bool hasStrictDefaults)
    {
        _require = require;
        _mechanisms = mechanisms;
        _mustMatch = mustMatch;
        _relay = relay;
        VerifyAddress = verifyAddress;
        ExpandList = expandList;
        _hasStrictDefaults = hasStrictDefaults;
    }

    /// <summary>What holds where nothing is written.</summary>
    public static SmtpPolicy NotWritten { get; } = new(SmtpRule.NotWritten, SmtpRule.NotWritten, SmtpRule.NotWritten, SmtpRule.NotWritten, SmtpRule.NotWritten, SmtpRule.NotWritten, hasStrictDefaults: true);

    /// <summary>The rule that says who may send to other servers.</summary>
    internal SmtpRule Relay => _relay;

    /// <summary>The rule that says who must log in.</summary>
    internal SmtpRule Require => _require;

    /// <summary>The rule that says which ways to log in are offered.</summary>
    internal SmtpRule Mechanisms => _mechanisms;

    /// <summary>The rule that says whether senders must be those of the account.</summary>
    internal SmtpRule MustMatch => _mustMatch;

    /// <summary>The rule that says who may ask whether an address exists.</summary>
    internal SmtpRule VerifyAddress { get; }

    /// <summary>The rule that says who may ask for the members of a list.</summary>
    internal SmtpRule ExpandList { get; }

    /// <summary>Whether nothing is accepted before somebody has logged in; null where nobody knows.</summary>
    public bool? RequiresLogin(SmtpSession session) => _require.Decide(session, _hasStrictDefaults && session.LocalPort != 25, out _);

    /// <summary>Whether the recipient may be on another server; null where nobody knows.</summary>
    public bool? MayRelay(SmtpSession session) => _relay.Decide(session, session.AuthenticatedAs.Length > 0 && _hasStrictDefaults, out _);

    /// <summary>Whether passwords may be sent; null where nobody knows.</summary>
    public bool? OffersPasswords(SmtpSession session)
    {
        const long Passwords = SaslMechanisms.Plain | SaslMechanisms.Login;
        if (_mechanisms.Evaluate(session, out _) is not { } value)
            return _mechanisms.IsInForce || _mechanisms.IsUnknown ? null : session.LocalPort != 25 && session.IsTls;
        var mechanisms = 0L;
        if (value.IsArray)
        {
            foreach (var item in value.Items)
                mechanisms |= item.Kind == ExpressionValueKind.Integer ? item.AsIndex() : item.IsConstant ? SaslMechanisms.Of(item.Text) : 0;
        }
        else if (value.Kind == ExpressionValueKind.Integer)
        {
            mechanisms = value.AsIndex();
        }

        return (mechanisms & Passwords) != 0;
    }
}

/// <summary>One rule about SMTP sessions.</summary>
internal sealed class SmtpRule
{
    private readonly IfBlock _block;

    private SmtpRule(string key, IfBlock block, bool isUnknown)
    {
        Key = key;
        _block = block;
        IsUnknown = isUnknown || block.IsUnknown;
    }

    /// <summary>A rule of which nothing is written.</summary>
    public static SmtpRule NotWritten { get; } = new("", new IfBlock(), isUnknown: false);

    /// <summary>The setting.</summary>
    public string Key { get; }

    /// <summary>Whether the server takes what is written.</summary>
    public bool IsInForce => !IsUnknown && _block.State == IfBlockState.Valid;

    /// <summary>Whether a part of it is not known.</summary>
    public bool IsUnknown { get; }

    /// <summary>The texts it compares with: what a client may say to please it.</summary>
    public IReadOnlyList<string> Literals { get; private init; } = [];

    public static SmtpRule Create(string key, IfBlock block, bool isUnknown) => new(key, block, isUnknown) { Literals = LiteralsOf(block) };

    /// <summary>What it comes to, with the setting that decided; null where nothing is in force or nobody knows.</summary>
    public ExpressionValue? Evaluate(SmtpSession session, out Setting decided)
    {
        decided = default;
        if (!IsInForce || _block.Evaluate(new SmtpSessionContext(session), StepBudget.ForQuestionAbout(_block.Length), out var value, out var index) != EvaluationState.Done)
            return null;
        decided = _block.Branch(index).Setting;
        return value;
    }

    /// <summary>Whether it comes to something true; the default where nothing is in force, null where nobody knows.</summary>
    public bool? Decide(SmtpSession session, bool fallback, out Setting decided)
    {
        decided = default;
        if (!IsInForce)
            return IsUnknown ? null : fallback;
        return Evaluate(session, out decided)?.IsTrue;
    }

    private static List<string> LiteralsOf(IfBlock block)
    {
        var literals = new List<string>();
        void Collect(Expression? expression)
        {
            foreach (var step in expression?.Steps ?? [])
            {
                if (step.Kind == ExpressionStepKind.Constant && step.Constant.IsText && literals.Count < 12)
                    literals.Add(step.Constant.Text);
            }
        }

        foreach (var rule in block.Rules)
        {
            Collect(rule.If.Expression);
            Collect(rule.Then.Expression);
        }

        Collect(block.Default.Expression);
        return literals;
    }
}
