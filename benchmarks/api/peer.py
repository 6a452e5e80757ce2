"""What is compared with: the same answers by FastAPI on uvicorn. The read checks a signed, expiring token (HMAC-SHA256)
and looks its user up in memory, as Tradepost does; `python3 -m uvicorn peer:app` runs it."""
import base64, hashlib, hmac, json, os, time
from fastapi import Depends, FastAPI, Header, HTTPException

KEY = os.environ["PEER_KEY"].encode()
USERS = {"1": {"id": "1", "email": "anna@example.com", "role": "viewer"}}
app = FastAPI()


def decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def caller(authorization: str = Header("")) -> dict:
    if not authorization.startswith("Bearer "):
        raise HTTPException(401, "A bearer token is needed.")
    try:
        signed, signature = authorization[7:].rsplit(".", 1)
        expected = hmac.new(KEY, signed.encode(), hashlib.sha256).digest()
        claims = json.loads(decode(signed.split(".")[1]))
        if not hmac.compare_digest(expected, decode(signature)) or claims["exp"] <= time.time():
            raise HTTPException(401, "The token is not valid.")
        return USERS[claims["sub"]]
    except (ValueError, KeyError):
        raise HTTPException(401, "The token is not valid.") from None


@app.get("/health/live")
async def live():
    return {"status": "alive"}


async def current(authorization: str = Header("")) -> dict:
    return caller(authorization)


@app.get("/api/v1/auth/me")
async def me(user: dict = Depends(current)):
    return user


if os.environ.get("PEER_DATABASE"):
    from psycopg2.extras import RealDictCursor
    from psycopg2.pool import ThreadedConnectionPool

    pool = ThreadedConnectionPool(1, 64, os.environ["PEER_DATABASE"], cursor_factory=RealDictCursor)

    def rows(query: str, *values) -> list:
        connection = pool.getconn()
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query, values)
                return cursor.fetchall()
        finally:
            pool.putconn(connection)

    @app.get("/predictions/latest")
    def predictions(limit: int = 100, user: dict = Depends(current)):
        return {"items": rows("SELECT * FROM predictions ORDER BY feature_time DESC, model, symbol LIMIT %s", limit)}

    @app.get("/features/latest")
    def features(limit: int = 100, user: dict = Depends(current)):
        return {"items": rows("SELECT * FROM features ORDER BY feature_time DESC, symbol LIMIT %s", limit)}
