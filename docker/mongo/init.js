/* global db, quit */
/**
 * The health check of Compose's MongoDB: mongosh runs it in the container every few seconds, so each step may be repeated.
 * It makes the replica set of `MONGO_MEMBERS`, the operator's user `admin` with every right, and the service's user
 * `turnwise`, which reads and writes its own database and nothing else. Healthy: the set has a primary.
 */
const { MONGO_ADMIN_PASSWORD, MONGO_PASSWORD, MONGO_MEMBERS } = process.env;
const admin = db.getSiblingDB('admin');
const SERVICE = { roles: [{ role: 'readWrite', db: 'turnwise' }] };

// The first member is the primary whenever possible, because its health check creates the users.
const members = MONGO_MEMBERS.split(',').map((host, _id) => ({ _id, host, priority: _id === 0 ? 2 : 1 }));

try {
  admin.auth('admin', MONGO_ADMIN_PASSWORD);
} catch {
  try {
    // If an older Compose file has created this user, it has every right.
    admin.auth('turnwise', MONGO_PASSWORD);
  } catch {
    try {
      admin.runCommand({ replSetInitiate: { _id: 'rs0', members } });
    } catch {
      // It is already a set, and waits for its primary.
    }
  }
  // While there is no user, mongod lets a shell on its own host create the first one.
  admin.runCommand({ createUser: 'admin', pwd: MONGO_ADMIN_PASSWORD, roles: ['root'] });
  admin.auth('admin', MONGO_ADMIN_PASSWORD);
}

const { users } = admin.runCommand({ usersInfo: 'turnwise' });
if (users.length === 0) admin.runCommand({ createUser: 'turnwise', pwd: MONGO_PASSWORD, ...SERVICE });
else if (users[0].roles.some(({ role }) => role === 'root'))
  admin.runCommand({ updateUser: 'turnwise', ...SERVICE });

const { primary } = admin.runCommand({ hello: 1 });
quit(primary ? 0 : 1);
