namespace StalwartHardening.Expressions;

/// <summary>Where a function that takes nothing but a literal name looks it up.</summary>
internal enum NamedValueSource : byte
{
    /// <summary><c>config_get('key')</c>, up to 0.15: another setting.</summary>
    Setting,

    /// <summary><c>system('name')</c>, from 0.16 on: what the server knows of itself.</summary>
    System,

    /// <summary><c>metric('name')</c>, from 0.16 on: a float.</summary>
    Metric,
}

/// <summary>A value that an expression asks for by a name it writes as a literal.</summary>
internal readonly record struct NamedValue(NamedValueSource Source, string Name)
{
    /// <summary>The function that asks for it.</summary>
    public string Function => Source switch
    {
        NamedValueSource.Setting => "config_get",
        NamedValueSource.System => "system",
        _ => "metric",
    };
}
