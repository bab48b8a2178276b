using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>How a generation changes single rules of access control.</summary>
internal abstract class HttpAccessEdits
{
    /// <summary>Ends the rules with <paramref name="expression"/> for what none of them decides; null where there is no place for it.</summary>
    public abstract SettingEdit? AddElse(HttpAccessPolicy policy, string expression);

    /// <summary>Removes the rule whose condition <paramref name="condition"/> is the key of; null where it is no rule's.</summary>
    public abstract SettingEdit? RemoveRule(string condition);

    /// <summary>Calls a misspelt setting by the name the server reads; null where the name is not what is wrong.</summary>
    public abstract SettingEdit? CorrectName(HttpAccessPolicy policy, in Setting misspelt);

    /// <summary>Whether a setting has the right name below something else, where the server does not look for it.</summary>
    public abstract bool IsMisplaced(in Setting setting);
}
