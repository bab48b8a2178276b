namespace StalwartHardening.Configuration.Objects;

/// <summary>An object of which a server may have any number, each with an id. Others refer to it by the C# object.</summary>
public abstract class ServerObject : ServerValue
{
    private protected ServerObject(string type, string? variant)
        : base(type, variant)
    {
    }
}

/// <summary>Settings that a server has exactly once.</summary>
public abstract class ServerSingleton : ServerValue
{
    private protected ServerSingleton(string type, string? variant)
        : base(type, variant)
    {
    }
}
